package io.slipway.localstack.server;

import io.slipway.localstack.machine.Folders;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a PostgreSQL listens and keeps its data.
 *
 * @param port      loopback port; 0 takes a free one
 * @param data      folder of the cluster and its log
 * @param ephemeral whether the folder is deleted when the server stops; such a server does not wait for the disk either
 * @param settings  server settings on top of the stack's own, such as {@code wal_level=logical}
 */
public record PostgresConfig(int port, Path data, boolean ephemeral, Map<String, String> settings) {

    public PostgresConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("PostgreSQL's port must be between 0 and 65535, not " + port);
        }
        settings = Map.copyOf(settings);
    }

    /** A free port and a temporary folder. */
    public static PostgresConfig temporary() {
        return new PostgresConfig(0, Folders.temporary("slipway-postgres-"), true, Map.of());
    }

    /** A server whose data outlives it, as safe against a crash as PostgreSQL is by default. */
    public static PostgresConfig kept(int port, Path data) {
        return new PostgresConfig(port, data, false, Map.of());
    }

    public PostgresConfig with(Map<String, String> moreSettings) {
        return new PostgresConfig(port, data, ephemeral, moreSettings);
    }
}
