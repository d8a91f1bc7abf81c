package io.slipway.targets.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.slipway.contracts.TargetId;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import io.slipway.targets.Isolation;
import io.slipway.targets.PoolSettings;
import io.slipway.targets.SessionSettings;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import io.slipway.targets.TargetsFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetPoolsIT {
    private static final TargetId DEFAULT = new TargetId("default");
    private static final PoolSettings ORDINARY = new PoolSettings(
            2,
            Duration.ofSeconds(2),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ZERO,
            Isolation.READ_COMMITTED);

    private final Database database = SharedServers.freshDatabase("pools");
    private TargetPools pools;

    @AfterEach
    void close() {
        pools.close();
    }

    private TargetPools pools(PoolSettings settings) {
        return pools(settings, SessionSettings.DEFAULTS);
    }

    private TargetPools pools(PoolSettings settings, SessionSettings session) {
        Target read = TargetsFixture.targets(Map.of(), Map.of("DATABASE_URL", database.url()))
                .all()
                .getFirst();
        pools = new TargetPools(new Targets(List.of(new Target(
                read.id(),
                read.environment(),
                read.labels(),
                read.connection(),
                read.replica(),
                settings,
                settings,
                read.lockTimeout(),
                session))));
        return pools;
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static String one(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return one(connection, query);
        }
    }

    private long sessions() throws SQLException {
        return Long.parseLong(
                one(
                        database.dataSource(),
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'slipway/planner' AND datname = current_database()"));
    }

    @Test
    void opensConnectionsOnFirstUseAndLetsIdleOnesGo() throws SQLException {
        // Given
        AgroalDataSource writer = pools(new PoolSettings(
                        2,
                        Duration.ofSeconds(2),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Isolation.READ_COMMITTED))
                .writer(DEFAULT);
        assertThat(sessions()).isZero();

        // When
        one(writer, "SELECT 1");

        // Then
        assertThat(sessions()).isOne();
        await().atMost(Duration.ofSeconds(15)).until(() -> sessions() == 0);
        assertThat(pools.writer(DEFAULT)).isSameAs(writer);
    }

    @Test
    void replacesAConnectionThatTheServerHasEnded() throws SQLException {
        // Given
        AgroalDataSource writer = pools(ORDINARY).writer(DEFAULT);
        String before = one(writer, "SELECT pg_backend_pid()");
        one(database.dataSource(), "SELECT pg_terminate_backend(" + before + ", 5000)");

        // When
        String after = one(writer, "SELECT pg_backend_pid()");

        // Then
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void replacesAConnectionThatIsTooOld() throws SQLException {
        // Given
        AgroalDataSource writer = pools(new PoolSettings(
                        2,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        Isolation.READ_COMMITTED))
                .writer(DEFAULT);

        // When
        String before = one(writer, "SELECT pg_backend_pid()");

        // Then
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !one(writer, "SELECT pg_backend_pid()").equals(before));
    }

    @Test
    void reportsAConnectionThatIsHeldTooLong() throws SQLException {
        // Given
        AgroalDataSource writer = pools(new PoolSettings(
                        2,
                        Duration.ofSeconds(2),
                        Duration.ofHours(1),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(500),
                        Isolation.READ_COMMITTED))
                .writer(DEFAULT);

        // When
        try (Connection held = writer.getConnection()) {
            // Then
            assertThat(held.isValid(1)).isTrue();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> writer.getMetrics().leakDetectionCount() > 0);
        }
    }

    @Test
    void saysWhenThePoolIsExhausted() throws SQLException {
        // Given
        AgroalDataSource writer = pools(new PoolSettings(
                        1,
                        Duration.ofMillis(300),
                        Duration.ofHours(1),
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        Isolation.READ_COMMITTED))
                .writer(DEFAULT);

        // When
        try (Connection held = writer.getConnection()) {
            Reachability reachability = pools.probe(DEFAULT);

            // Then
            assertThat(held.isClosed()).isFalse();
            assertThat(reachability).isInstanceOfSatisfying(Reachability.Unreachable.class, unreachable -> assertThat(
                            unreachable.failure().code())
                    .isEqualTo("TARGET_POOL_EXHAUSTED"));
        }
    }

    @Test
    void handsOutCleanSessionsWhateverWasLeftBehind() throws SQLException {
        // Given
        AgroalDataSource writer = pools(new PoolSettings(
                        1,
                        Duration.ofSeconds(2),
                        Duration.ofHours(1),
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        Isolation.SERIALIZABLE))
                .writer(DEFAULT);
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (n int)");
        }
        String before;
        try (Connection connection = writer.getConnection();
                Statement statement = connection.createStatement()) {
            before = one(connection, "SELECT pg_backend_pid()");
            statement.execute("SET lock_timeout = '1h'");
            statement.execute("SET search_path = pg_catalog");
            statement.execute("SELECT pg_advisory_lock(42)");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO public.kept VALUES (1)");
        }

        // When
        try (Connection connection = writer.getConnection()) {
            // Then
            assertThat(one(connection, "SELECT pg_backend_pid()")).isEqualTo(before);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(one(connection, "SHOW lock_timeout")).isEqualTo("0");
            assertThat(one(connection, "SHOW search_path")).contains("public");
            assertThat(one(connection, "SHOW transaction_isolation")).isEqualTo("serializable");
            assertThat(one(connection, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = " + before))
                    .isEqualTo("0");
            assertThat(one(connection, "SELECT count(*) FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void readsOnlyThroughTheReader() throws SQLException {
        // Given
        AgroalDataSource reader = pools(ORDINARY).reader(DEFAULT);

        // Then
        assertThat(one(reader, "SELECT 1")).isEqualTo("1");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> one(reader, "CREATE TABLE forbidden (n int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("read-only");
        }
    }

    @Test
    void namesTheTargetsThatExistWhenAskedForAnother() {
        pools(ORDINARY);
        assertThatThrownBy(() -> pools.writer(new TargetId("nowhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("default");
    }

    @Test
    void handsOutSessionsAsAMigrationHasThemAndTakesThemBackAsOrdinaryOnes() throws SQLException {
        // Given
        String login = one(database.dataSource(), "SELECT current_user");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE SCHEMA app; CREATE SCHEMA aux; GRANT USAGE ON SCHEMA app, aux TO pg_database_owner");
        }
        pools(ORDINARY, session("pg_database_owner", "aux", "app"));
        String look = "SELECT current_user || ' ' || current_setting('search_path') || ' '"
                + " || current_setting('application_name') || ' ' || current_setting('statement_timeout')";

        // When
        String executing = one(pools.migrator(DEFAULT, "slipway/run"), look);
        String ordinary = one(pools.writer(DEFAULT), look);

        // Then
        assertThat(executing).isEqualTo("pg_database_owner aux, app slipway/run 7s");
        assertThat(ordinary).isEqualTo(login + " \"$user\", public slipway/planner 0");
        assertThat(sessions()).isOne();
    }

    @Test
    void lendsTheSessionOfALookToTheNextAndTakesItBackInAnyCase() throws SQLException {
        // Given
        pools(ORDINARY);
        String pid = "SELECT pg_backend_pid()";

        // When
        String looked;
        String next;
        String other;
        try (MigratorSource source = pools.migrator(DEFAULT, "slipway/run")) {
            looked = source.look(connection -> one(connection, pid + " FROM pg_advisory_lock(7)"));
            try (Connection held = source.getConnection()) {
                next = one(held, pid);
                other = one(source, pid);
            }
        }

        // Then
        assertThat(next).isEqualTo(looked);
        assertThat(other).isNotEqualTo(looked);

        // When
        try (MigratorSource source = pools.migrator(DEFAULT, "slipway/run")) {
            source.look(connection -> one(connection, pid));
            assertThatThrownBy(() -> source.look(connection -> one(connection, "SELECT 1/0")))
                    .isInstanceOf(SQLException.class);
        }

        // Then
        assertThat(pools.writer(DEFAULT).getMetrics().activeCount()).isZero();
        assertThat(one(pools.writer(DEFAULT), "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .isEqualTo("0");
    }

    @Test
    void refusesARoleThatIsNotThere() {
        pools(ORDINARY, session("nobody at all"));
        assertThatThrownBy(() -> one(pools.migrator(DEFAULT), "SELECT 1"))
                .isInstanceOfSatisfying(SessionRefused.class, refused -> {
                    assertThat(refused.failure().code()).isEqualTo("RUN_AS_REFUSED");
                    assertThat(refused.failure().message()).contains("nobody at all", "does not exist");
                    assertThat(refused.failure().remedy()).contains("slipway.targets.default.run-as");
                });
    }

    @Test
    void refusesASearchPathOfWhichASchemaIsNotThere() {
        pools(ORDINARY, session(null, "public", "nowhere"));
        assertThatThrownBy(() -> one(pools.migrator(DEFAULT), "SELECT 1"))
                .isInstanceOfSatisfying(SessionRefused.class, refused -> {
                    assertThat(refused.failure().code()).isEqualTo("SEARCH_PATH_UNUSABLE");
                    assertThat(refused.failure().message()).contains("'nowhere'");
                });
    }

    private static SessionSettings session(String runAs, String... searchPath) {
        return new SessionSettings(runAs, List.of(searchPath), Duration.ofSeconds(7), Duration.ofMinutes(5), null);
    }
}
