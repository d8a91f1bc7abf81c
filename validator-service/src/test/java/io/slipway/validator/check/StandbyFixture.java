package io.slipway.validator.check;

import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/** Makes a standby of a server from a copy of its files, taken while it is down, so that no program has to be installed. */
final class StandbyFixture {
    private StandbyFixture() {}

    /** The primary server is killed and started again for it. */
    static PostgresServer of(PostgresServer primary, PostgresConfig config) throws IOException {
        PostgresConfig standby = PostgresConfig.temporary()
                .with(Map.of(
                        "primary_conninfo",
                        "host=%s port=%d user=%s password=%s application_name=slow_standby"
                                .formatted(
                                        primary.host(), primary.port(), PostgresServer.USER, PostgresServer.PASSWORD),
                        "wal_receiver_status_interval",
                        "1s"));
        primary.kill();
        copy(config.data().resolve("cluster"), standby.data().resolve("cluster"));
        primary.restart();
        Files.createFile(standby.data().resolve("cluster").resolve("standby.signal"));
        return Servers.postgres(standby);
    }

    /** With the permissions: the server refuses a folder that others may read. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
