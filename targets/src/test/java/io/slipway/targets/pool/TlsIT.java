package io.slipway.targets.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slipway.contracts.TargetId;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.targets.InvalidSettings;
import io.slipway.targets.TargetsFixture;
import io.slipway.targets.TlsServerFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIT {
    private static final TargetId DEFAULT = new TargetId("default");

    @TempDir
    static Path folder;

    private static TlsServerFixture tls;

    @BeforeAll
    static void start() {
        assumeTrue(TlsServerFixture.possible(), "openssl makes the certificates");
        tls = TlsServerFixture.start(folder);
    }

    @AfterAll
    static void stop() {
        if (tls != null) {
            tls.close();
        }
    }

    private static Map<String, String> url(String host, String database) {
        return new HashMap<>(Map.of(
                "DATABASE_URL",
                "postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                PostgresServer.USER,
                                PostgresServer.PASSWORD,
                                host,
                                tls.server().port(),
                                database)));
    }

    private static Reachability probe(Map<String, String> environment) {
        TargetPools pools = new TargetPools(TargetsFixture.targets(Map.of(), environment));
        try {
            return pools.probe(DEFAULT);
        } finally {
            pools.close();
        }
    }

    @Test
    void encryptsAndVerifiesWithARootCertificate() throws SQLException {
        // Given
        Map<String, String> environment = url(tls.server().host(), "postgres");
        environment.put("DATABASE_SSL_ROOT_CERT", tls.file("ca.pem"));
        TargetPools pools = new TargetPools(TargetsFixture.targets(Map.of(), environment));

        // When
        try (Connection connection = pools.writer(DEFAULT).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();

            // Then
            assertThat(row.getBoolean(1)).isTrue();
        } finally {
            pools.close();
        }
    }

    @Test
    void refusesAServerThatAnotherAuthorityDoesNotKnow() {
        // Given
        Map<String, String> environment = url(tls.server().host(), "postgres");
        environment.put("DATABASE_SSL_ROOT_CERT", tls.file("other-ca.pem"));

        // When
        Reachability reachability = probe(environment);

        // Then
        assertThat(reachability).isInstanceOfSatisfying(Reachability.Unreachable.class, unreachable -> assertThat(
                        unreachable.failure().code())
                .isEqualTo("TARGET_TLS_FAILED"));
    }

    @Test
    void refusesAServerWhoseCertificateNamesAnotherHost() {
        // Given: the certificate names 127.0.0.1 only
        Map<String, String> environment = url("localhost", "postgres");
        environment.put("DATABASE_SSL_ROOT_CERT", tls.file("ca.pem"));

        // When
        Reachability reachability = probe(environment);

        // Then
        assertThat(reachability).isInstanceOfSatisfying(Reachability.Unreachable.class, unreachable -> {
            assertThat(unreachable.failure().code()).isEqualTo("TARGET_TLS_FAILED");
            assertThat(unreachable.failure().message()).contains("localhost");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.pem", "client.pk8"})
    void signsInWithAClientCertificate(String key) {
        // Given
        Map<String, String> environment = url(tls.server().host(), "certified");
        environment.put("DATABASE_SSL_ROOT_CERT", tls.file("ca.pem"));
        environment.put("DATABASE_SSL_CERT", tls.file("client.crt"));
        environment.put("DATABASE_SSL_KEY", tls.file(key));

        // When
        Reachability reachability = probe(environment);

        // Then
        assertThat(reachability).isInstanceOf(Reachability.Reachable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-old.pem", "client.crt", "server.ext"})
    void saysWhichKeysItAccepts(String key) {
        // Given
        Map<String, String> environment = url(tls.server().host(), "certified");
        environment.put("DATABASE_SSL_CERT", tls.file("client.crt"));
        environment.put("DATABASE_SSL_KEY", tls.file(key));

        // Then
        assertThatThrownBy(() -> probe(environment))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("DATABASE_SSL_KEY")
                .hasMessageContaining("PKCS#8");
    }
}
