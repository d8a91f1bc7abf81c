package io.slipway.benchmarks.latency;

import io.slipway.localstack.server.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What one would write instead: {@code pg_dump -Fc} into a file, then {@code flyway migrate}. */
final class Script {

    private final FlywayCommandLine flyway;
    private final Database database;
    private final Path scripts;
    private final Path folder;

    /**
     * @param scripts the folder with the migrations
     * @param folder where the dump and the programs' output go
     */
    Script(FlywayCommandLine flyway, Database database, Path scripts, Path folder) {
        this.flyway = flyway;
        this.database = database;
        this.scripts = scripts;
        this.folder = folder;
    }

    /** The times of both programs, one after the other. */
    record Times(Duration dump, Duration migrate) {
        Duration total() {
            return dump.plus(migrate);
        }
    }

    Times run() throws IOException, InterruptedException {
        return new Times(time("pg_dump", dump()), time("flyway", flyway.migrate(database, scripts)));
    }

    private ProcessBuilder dump() {
        var process = new ProcessBuilder(
                "pg_dump", "-Fc", "-f", folder.resolve("script.dump").toString());
        process.environment()
                .putAll(Map.of(
                        "PGHOST", database.host(),
                        "PGPORT", Integer.toString(database.port()),
                        "PGDATABASE", database.name(),
                        "PGUSER", database.user(),
                        "PGPASSWORD", database.password()));
        return process;
    }

    private Duration time(String name, ProcessBuilder process) throws IOException, InterruptedException {
        var log = folder.resolve(name + ".log");
        process.redirectErrorStream(true).redirectOutput(log.toFile());
        var started = System.nanoTime();
        var exitCode = process.start().waitFor();
        var took = Duration.ofNanos(System.nanoTime() - started);
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "%s ended with exit code %d:%n%s".formatted(name, exitCode, Files.readString(log)));
        }
        return took;
    }
}
