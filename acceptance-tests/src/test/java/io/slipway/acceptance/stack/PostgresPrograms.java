package io.slipway.acceptance.stack;

import io.slipway.localstack.server.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code pg_dump} and its kin of this machine. */
public final class PostgresPrograms {
    private PostgresPrograms() {}

    static Path path(String program) {
        return Stream.concat(
                        installed(),
                        Arrays.stream(System.getenv("PATH").split(System.getProperty("path.separator")))
                                .map(Path::of))
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(program + " is missing; './slipway test' installs it where it can"));
    }

    /** Debian's program on the PATH is a wrapper that goes by its own name, which a link would change. */
    private static Stream<Path> installed() {
        var folder = Path.of("/usr/lib/postgresql");
        try (var majors = Files.isDirectory(folder) ? Files.list(folder) : Stream.<Path>empty()) {
            return majors.map(major -> major.resolve("bin")).sorted().toList().reversed().stream();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot look into " + folder, e);
        }
    }

    /** The schema as {@code pg_dump} writes it, without what only Slipway keeps there and without noise. */
    public static List<String> schemaOf(Database database) {
        var command = new ProcessBuilder(
                path("pg_dump").toString(),
                "--schema-only",
                "--exclude-table=*.slipway_ledger*",
                "--dbname=" + database.url());
        try {
            var dump = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            var text = new String(dump.getInputStream().readAllBytes());
            if (dump.waitFor() != 0) {
                throw new IllegalStateException("pg_dump ended with " + dump.exitValue() + " for " + database);
            }
            // Newer versions guard the script by a token that is another one each time.
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--") && !line.matches("\\\\(un)?restrict .*"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("pg_dump cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while pg_dump ran", e);
        }
    }
}
