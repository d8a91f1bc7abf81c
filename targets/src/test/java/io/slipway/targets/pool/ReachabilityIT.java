package io.slipway.targets.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Failure;
import io.slipway.contracts.TargetId;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import io.slipway.targets.TargetsFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReachabilityIT {
    private static final TargetId DEFAULT = new TargetId("default");

    private static Reachability probe(String url) {
        TargetPools pools = new TargetPools(TargetsFixture.targets(
                Map.of("slipway.targets.default.connect-timeout", "1s"), Map.of("DATABASE_URL", url)));
        try {
            return pools.probe(DEFAULT);
        } finally {
            pools.close();
        }
    }

    private static Failure failure(String url) {
        Reachability reachability = probe(url);
        assertThat(reachability).isInstanceOf(Reachability.Unreachable.class);
        Failure failure = ((Reachability.Unreachable) reachability).failure();
        assertThat(failure.toString()).doesNotContain("hunter2");
        assertThat(failure.remedy()).isNotBlank();
        return failure;
    }

    private static String url(String user, String password, int port, String database) {
        return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(user, password, port, database);
    }

    @Test
    void saysWhichServerAnswers() {
        // When
        Reachability reachability =
                probe(SharedServers.freshDatabase("reachable").url());

        // Then
        assertThat(reachability).isInstanceOfSatisfying(Reachability.Reachable.class, reachable -> {
            assertThat(reachable.serverVersion()).startsWith("15.");
            assertThat(reachable.inRecovery()).isFalse();
        });
    }

    @Test
    void tellsAWrongPasswordFromAnUnknownDatabase() {
        // Given
        Database database = SharedServers.freshDatabase("wrong");

        // When
        Failure password = failure(url("postgres", "hunter2", database.port(), database.name()));
        Failure unknown = failure(url("postgres", database.password(), database.port(), "nowhere"));

        // Then
        assertThat(password.code()).isEqualTo("TARGET_AUTHENTICATION_FAILED");
        assertThat(password.sqlState()).isEqualTo("28P01");
        assertThat(password.message()).contains("'default'", "127.0.0.1:" + database.port(), database.name());
        assertThat(unknown.code()).isEqualTo("TARGET_DATABASE_UNKNOWN");
        assertThat(unknown.message()).contains("nowhere");
    }

    @Test
    void tellsARefusedConnectionFromASilentServerAndAnUnknownHost() throws IOException {
        // Given
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            // When
            Failure refused = failure(url("u", "hunter2", closed, "db"));
            long start = System.nanoTime();
            Failure timeout = failure(url("u", "hunter2", silent.getLocalPort(), "db"));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Failure host = failure("postgresql://u:hunter2@no-such-host.invalid/db");

            // Then
            assertThat(refused.code()).isEqualTo("TARGET_REFUSED");
            assertThat(timeout.code()).isEqualTo("TARGET_TIMEOUT");
            assertThat(took).isLessThan(Duration.ofSeconds(5));
            assertThat(host.code()).isEqualTo("TARGET_HOST_UNKNOWN");
        }
    }

    @Test
    void tellsAServerWithoutEncryption() {
        // Given
        Database database = SharedServers.freshDatabase("plain");

        // When
        Failure failure = failure(database.url() + "?sslmode=require");

        // Then
        assertThat(failure.code()).isEqualTo("TARGET_TLS_FAILED");
    }

    @Test
    void tellsADatabaseThatTakesNoMoreConnections() throws SQLException {
        // Given: a role that may have no connection at all
        Database database = SharedServers.freshDatabase("full");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE crowded LOGIN PASSWORD 'hunter2' CONNECTION LIMIT 0");
        }

        // When
        Failure failure = failure(url("crowded", "hunter2", database.port(), database.name()));

        // Then
        assertThat(failure.code()).isEqualTo("TARGET_CONNECTIONS_EXHAUSTED");
    }
}
