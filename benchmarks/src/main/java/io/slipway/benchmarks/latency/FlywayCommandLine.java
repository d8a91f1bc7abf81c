package io.slipway.benchmarks.latency;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.LoggedProcess;
import io.slipway.localstack.machine.ProcessFailed;
import io.slipway.localstack.server.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Flyway as its makers pack it, with a Java of its own, started by its own launcher.
 *
 * @param launcher the program {@code flyway}
 */
record FlywayCommandLine(Path launcher) {

    private static final String VERSION = "10.22.0";
    private static final String COORDINATES = "org.flywaydb:flyway-commandline:" + VERSION + ":tar.gz:linux-x64";

    /** It is 240 MB; a download that broke off is begun anew. */
    private static final Duration DOWNLOAD = Duration.ofMinutes(10);

    private static final int DOWNLOADS = 3;

    FlywayCommandLine {
        if (!Files.isExecutable(launcher)) {
            throw new IllegalArgumentException(
                    launcher + " cannot be run. Name the folder of a Flyway command line that"
                            + " fits this machine with --flyway.");
        }
    }

    /** One that is installed on this machine. */
    static FlywayCommandLine installedIn(Path folder) {
        return new FlywayCommandLine(folder.resolve("flyway").toAbsolutePath());
    }

    /** The one from Maven Central, fetched through the build's own settings and mirrors, and kept in the folder. */
    static FlywayCommandLine fetchedInto(Path folder, Checkout checkout) {
        var launcher = folder.resolve("flyway-" + VERSION).resolve("flyway");
        for (var attempt = 1; !Files.isExecutable(launcher); attempt++) {
            try {
                fetch(folder, checkout);
            } catch (ProcessFailed e) {
                if (attempt == DOWNLOADS) {
                    throw e;
                }
            }
        }
        return new FlywayCommandLine(launcher);
    }

    private static void fetch(Path folder, Checkout checkout) {
        LoggedProcess.run(
                "the download of " + COORDINATES,
                List.of(
                        checkout.root().resolve("mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-N",
                        "-f",
                        checkout.root().resolve("pom.xml").toString(),
                        "dependency:unpack",
                        "-Dartifact=" + COORDINATES,
                        "-DoutputDirectory=" + folder),
                Map.of(),
                folder.resolve("fetch.log"),
                DOWNLOAD);
    }

    /** {@code migrate}, without the calls home that would only make it slower. */
    ProcessBuilder migrate(Database database, Path scripts) {
        var process = new ProcessBuilder(
                launcher.toString(), "-locations=filesystem:" + scripts, "-skipCheckForUpdate", "migrate");
        process.environment()
                .putAll(Map.of(
                        "FLYWAY_URL", database.jdbcUrl(),
                        "FLYWAY_USER", database.user(),
                        "FLYWAY_PASSWORD", database.password(),
                        "REDGATE_DISABLE_TELEMETRY", "true"));
        return process;
    }
}
