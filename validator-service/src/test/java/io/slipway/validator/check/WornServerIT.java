package io.slipway.validator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.catalog.RelationStore;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.relation.RelationChecks;
import io.slipway.validator.check.replication.ReplicationChecks;
import io.slipway.validator.check.server.ServerChecks;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.FootprintReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that fail only at a server in a bad way, which therefore is none of those that other tests share. */
class WornServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PostgresConfig CONFIG =
            PostgresConfig.temporary().with(Map.of("autovacuum_naptime", "1s", "synchronous_commit", "off"));

    private static PostgresServer server;

    private Connection owner;

    @BeforeAll
    static void start() {
        server = Servers.postgres(CONFIG);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void connect() throws SQLException {
        owner = server.dataSource("postgres").getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
    }

    @Test
    void remarksAReplicaThatDoesNotKeepUpUntilItDoes() throws SQLException, IOException {
        // Given
        assumeThat(server.handle()).as("files that can be copied").isPresent();
        try (PostgresServer standby = StandbyFixture.of(server, CONFIG);
                Connection primary = server.dataSource("postgres").getConnection();
                Connection replica = standby.dataSource("postgres").getConnection()) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            ReplicationChecks.lag(primary, 30).detail())
                    .startsWith("1 replicas"));
            execute(replica, "SELECT pg_wal_replay_pause()");

            // When
            execute(primary, "CREATE TABLE late AS SELECT generate_series(1, 1000)");

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> {
                Judgement lag = ReplicationChecks.lag(primary, 1);
                assertThat(lag.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(lag.figure()).isGreaterThan(1);
                assertThat(lag.detail()).contains("slow_standby (streaming");
            });
            execute(replica, "SELECT pg_wal_replay_resume()");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            ReplicationChecks.lag(primary, 1).outcome())
                    .isEqualTo(Outcome.PASSED));
        }
    }

    @Test
    void remarksASlotForWhichTheServerKeepsWal() throws SQLException {
        // Given
        execute(owner, "SELECT pg_create_physical_replication_slot('forgotten', true)");

        // When
        execute(owner, "SELECT pg_logical_emit_message(false, 'test', repeat('x', 5000000)); SELECT pg_switch_wal()");

        // Then
        Judgement slots = ReplicationChecks.slots(owner, Long.MAX_VALUE);
        assertThat(slots.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(slots.figure()).isGreaterThan(5_000_000);
        assertThat(slots.detail()).contains("forgotten (inactive, ", " MiB kept)");
        execute(owner, "SELECT pg_drop_replication_slot('forgotten')");
        assertThat(ReplicationChecks.slots(owner, 0).outcome()).isEqualTo(Outcome.PASSED);
    }

    /** The table's vacuum takes its time; a routine one, which would be at work before it, is switched off. */
    @Test
    void remarksATableThatHasNotBeenFrozenAndTheVacuumThatSeesToIt() throws SQLException {
        // Given
        execute(owner, """
                CREATE TABLE old_orders (id int, note text) WITH (autovacuum_enabled = off,
                    autovacuum_freeze_max_age = 100000, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1);
                INSERT INTO old_orders SELECT i, repeat('x', 500) FROM generate_series(1, 20000) i;
                """);
        LiveRelations relations = relations("ALTER TABLE old_orders ADD COLUMN state text");
        assertThat(ServerChecks.wraparound(owner, relations, 100_000).outcome()).isEqualTo(Outcome.PASSED);

        // When
        execute(owner, """
                DO $$ BEGIN FOR i IN 1..101000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$
                """);

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            Judgement vacuum = RelationChecks.autovacuum(owner, relations, 0);
            assertThat(vacuum.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(vacuum.figure()).isEqualTo(1);
            assertThat(vacuum.detail()).isEqualTo("Autovacuum prevents a wraparound on public.old_orders.");
        });
        Judgement age = ServerChecks.wraparound(owner, relations, 100_000);
        assertThat(age.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(age.figure()).isGreaterThan(100_000);
        assertThat(age.detail()).contains("table public.old_orders (10");
    }

    private LiveRelations relations(String sql) throws SQLException {
        Footprint footprint =
                new FootprintReader("public").read("V1__test.sql", sql).footprint();
        return RelationStore.read(owner, footprint.relations(), footprint.words(), "public");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
