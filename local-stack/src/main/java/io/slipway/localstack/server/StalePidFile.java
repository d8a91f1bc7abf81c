package io.slipway.localstack.server;

import io.slipway.localstack.machine.LoggedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server that did not shut down leaves in {@code postmaster.pid}. PostgreSQL itself copes with the pid of no
 * process; it does not cope with one that now belongs to another program, nor may it with a server that still runs.
 */
final class StalePidFile {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private StalePidFile() {}

    /** Stops the server that still runs on this cluster, if any, and removes a pid that is not a server's. */
    static void clear(Path cluster, PostgresBinaries binaries, Path log) {
        var file = cluster.resolve("postmaster.pid");
        var process = pid(file).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return;
        }
        if (isServer(process.get())) {
            var stop = List.of(
                    binaries.program("pg_ctl").toString(), "stop", "-D", cluster.toString(), "-m", "fast", "-w");
            LoggedProcess.run("pg_ctl", PostgresUser.command(stop), Map.of(), log, PATIENCE);
        } else {
            delete(file);
        }
    }

    /** A process that does not show its program counts as a server, since that is the careful answer. */
    private static boolean isServer(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(true);
    }

    private static Optional<Long> pid(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,18}"))
                    .map(Long::valueOf);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the stale " + file, e);
        }
    }
}
