package io.slipway.validator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.contracts.TargetId;
import io.slipway.eventing.SharedServersResource;
import io.slipway.targets.flyway.TargetStates;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.FootprintReader;
import io.slipway.validator.plan.ValidatorTargetsResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SharedServersResource.class)
@WithTestResource(ValidatorTargetsResource.class)
class TargetChecksIT {

    @Inject
    TargetChecks checks;

    private Connection owner;

    @BeforeEach
    void createTables() throws SQLException {
        owner = ValidatorTargetsResource.owned().getConnection();
        execute("""
                CREATE SCHEMA shop;
                CREATE TABLE shop.orders (id serial PRIMARY KEY, customer int NOT NULL, note text);
                CREATE TABLE shop.lines (id bigint PRIMARY KEY, order_id int REFERENCES shop.orders);
                INSERT INTO shop.orders (customer, note) SELECT 7, repeat('x', 500) FROM generate_series(1, 2000);
                GRANT USAGE ON SCHEMA shop TO guest_of_checks;
                """);
    }

    @AfterEach
    void dropTables() throws SQLException {
        if (!owner.getAutoCommit()) {
            owner.rollback();
            owner.setAutoCommit(true);
        }
        execute("DROP SCHEMA shop CASCADE");
        owner.close();
    }

    @Test
    void passesATargetAtRestAndListsEveryCheck() throws Exception {
        // When
        List<PreMigrationCheck> looked = look("owned", "ALTER TABLE shop.orders ADD COLUMN state text");

        // Then
        assertThat(looked)
                .extracting(PreMigrationCheck::name)
                .containsExactly(
                        "target-answers",
                        "target-takes-writes",
                        "target-is-planned-one",
                        "history-unchanged",
                        "environment",
                        "pending-migrations",
                        "backup",
                        "privileges",
                        "extensions",
                        "connections",
                        "long-transactions",
                        "idle-in-transaction",
                        "prepared-transactions",
                        "replication-lag",
                        "replication-slots",
                        "wraparound",
                        "locks",
                        "autovacuum",
                        "invalid-indexes",
                        "sequences",
                        "disk-space");
        assertThat(looked).allMatch(PreMigrationCheck::passed);
        assertThat(named(looked, "connections")).satisfies(check -> {
            assertThat(check.figure()).isBetween(1L, 90L);
            assertThat(check.limit()).isEqualTo(90);
            assertThat(check.unit()).isEqualTo("%");
        });
        assertThat(named(looked, "wraparound").figure()).isPositive();
    }

    @Test
    void refusesARoleThatMayNotDoWhatThePlanDoes() throws Exception {
        // When
        PreMigrationCheck check = look("guest", "privileges", """
                ALTER TABLE shop.orders ADD COLUMN state text;
                INSERT INTO shop.lines VALUES (1, 1);
                CREATE TABLE shop.parcels (id bigint);
                CREATE SCHEMA depot;
                """);

        // Then
        assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(check.critical()).isTrue();
        assertThat(check.detail())
                .contains(
                        "ownership of shop.orders (owner postgres)",
                        "INSERT on shop.lines",
                        "CREATE on schema shop",
                        "CREATE on the database");
    }

    @Test
    void letsARoleDoWhatItWasGranted() throws Exception {
        // Given
        execute("GRANT CREATE ON SCHEMA shop TO guest_of_checks; GRANT INSERT ON shop.lines TO guest_of_checks;");

        // When
        PreMigrationCheck check = look(
                "guest",
                "privileges",
                "CREATE TABLE shop.parcels (id bigint); INSERT INTO shop.lines VALUES (1, 1);"
                        + " ALTER TABLE shop.parcels ADD COLUMN weight int");

        // Then
        assertThat(check.detail()).startsWith("The role 'guest_of_checks' may do what the plan does");
        assertThat(check.passed()).isTrue();
    }

    @Test
    void refusesAnExtensionThatTheServerDoesNotHave() throws Exception {
        // When
        PreMigrationCheck absent = look("owned", "extensions", "CREATE EXTENSION warp_drive");
        PreMigrationCheck present = look("owned", "extensions", "CREATE EXTENSION IF NOT EXISTS plpgsql");

        // Then
        assertThat(absent.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(absent.critical()).isTrue();
        assertThat(absent.detail()).contains("warp_drive (the server does not have it)");
        assertThat(present.passed()).isTrue();
    }

    @Test
    void remarksATransactionThatHasBeenOpenForLong() throws Exception {
        // Given
        owner.setAutoCommit(false);
        execute("UPDATE shop.orders SET note = 'private' WHERE id = 1");

        // When, Then
        await().untilAsserted(() -> {
            List<PreMigrationCheck> looked = look("owned", "ALTER TABLE shop.orders ADD COLUMN state text");
            assertThat(named(looked, "long-transactions").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(named(looked, "idle-in-transaction").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(named(looked, "idle-in-transaction").detail())
                    .contains("pid ", "postgres", "UPDATE shop.orders SET note =")
                    .doesNotContain("private");
            assertThat(named(looked, "long-transactions").critical()).isFalse();
        });
    }

    @Test
    void doesNotTakeForGoodWhatTheRoleMayNotSee() throws Exception {
        // Given
        owner.setAutoCommit(false);
        execute("UPDATE shop.orders SET note = 'private' WHERE id = 1");

        // When
        List<PreMigrationCheck> looked = look("guest", "SELECT 1; TRUNCATE shop.orders");

        // Then
        assertThat(List.of(named(looked, "long-transactions"), named(looked, "idle-in-transaction")))
                .allSatisfy(check -> {
                    assertThat(check.outcome()).isEqualTo(Outcome.UNKNOWN);
                    assertThat(check.passed()).isFalse();
                    assertThat(check.detail()).startsWith("Not visible to this role");
                    assertThat(check.advice()).contains("pg_read_all_stats");
                });
        assertThat(named(looked, "sequences").outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void remarksASessionThatKeepsOthersOutOfATable() throws Exception {
        // Given
        owner.setAutoCommit(false);
        execute("LOCK TABLE shop.lines IN ACCESS EXCLUSIVE MODE");

        // When
        PreMigrationCheck related = look("guest", "locks", "ALTER TABLE shop.orders ADD COLUMN state text");
        PreMigrationCheck stranger = look("guest", "locks", "ALTER TABLE shop.somewhere_else ADD COLUMN state text");

        // Then
        assertThat(related.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(related.detail()).contains("holds ACCESS EXCLUSIVE on shop.lines");
        assertThat(related.figure()).isEqualTo(1);
        assertThat(stranger.passed()).isTrue();
    }

    @Test
    void remarksAReplicationSlotThatNobodyReads() throws Exception {
        // Given
        execute("SELECT pg_create_physical_replication_slot('forgotten_by_checks', true)");
        try {
            // When
            PreMigrationCheck check = look("guest", "replication-slots", "SELECT 1");

            // Then
            assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(check.detail()).contains("forgotten_by_checks (inactive");
        } finally {
            execute("SELECT pg_drop_replication_slot('forgotten_by_checks')");
        }
    }

    @Test
    void remarksAnInvalidIndexUnlessThePlanSeesToIt() throws Exception {
        // Given
        try (Statement statement = owner.createStatement()) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> statement.execute(
                            "CREATE UNIQUE INDEX CONCURRENTLY orders_by_customer ON shop.orders (customer)")))
                    .isInstanceOf(SQLException.class);
        }

        // When
        PreMigrationCheck left = look("guest", "invalid-indexes", "ALTER TABLE shop.orders ADD COLUMN state text");
        PreMigrationCheck taken = look("guest", "invalid-indexes", "DROP INDEX shop.orders_by_customer");

        // Then
        assertThat(left.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(left.detail()).contains("shop.orders_by_customer on orders");
        assertThat(taken.passed()).isTrue();
    }

    @Test
    void remarksASequenceThatRunsOut() throws Exception {
        // Given
        execute("SELECT setval('shop.orders_id_seq', 2000000000)");

        // When
        PreMigrationCheck check = look("owned", "sequences", "ALTER TABLE shop.orders ADD COLUMN state text");

        // Then
        assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(check.figure()).isEqualTo(93);
        assertThat(check.detail()).contains("shop.orders_id_seq (93 %, shop.orders.id integer)");
    }

    @Test
    void refusesARewriteForWhichTheVolumeIsTooSmall() throws Exception {
        // When
        PreMigrationCheck small = look("owned", "disk-space", "ALTER TABLE shop.orders ALTER id TYPE bigint");
        PreMigrationCheck large = look("guest", "disk-space", "ALTER TABLE shop.orders ALTER id TYPE bigint");

        // Then
        assertThat(small.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(small.critical()).isTrue();
        assertThat(small.detail()).contains("shop.orders", "limit 80 %");
        assertThat(large.passed()).isTrue();
        assertThat(large.figure()).isEqualTo(1);
    }

    @Test
    void remarksARoleThatHasNoConnectionsLeft() throws Exception {
        // Given
        execute("ALTER ROLE guest_of_checks CONNECTION LIMIT 1");
        try {
            // When
            PreMigrationCheck check = look("guest", "connections", "SELECT 1");

            // Then
            assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(check.detail()).contains("the limit of role guest_of_checks");
        } finally {
            execute("ALTER ROLE guest_of_checks CONNECTION LIMIT -1");
        }
    }

    @Test
    void saysWhichCheckWasNotAnsweredAndMakesTheOthers() throws Exception {
        // Given
        owner.setAutoCommit(false);
        execute("LOCK TABLE pg_catalog.pg_sequence IN ACCESS EXCLUSIVE MODE");

        // When
        List<PreMigrationCheck> looked = look("guest", "TRUNCATE shop.orders");

        // Then
        assertThat(named(looked, "sequences").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(named(looked, "sequences").detail()).contains("did not answer");
        assertThat(named(looked, "invalid-indexes").passed()).isTrue();
        assertThat(named(looked, "disk-space").passed()).isTrue();
    }

    @Test
    void judgesThePrivilegesOfTheRoleThatTheMigrationRunsAs() throws Exception {
        // When
        PreMigrationCheck login = look("owned", "privileges", "ALTER TABLE shop.orders ADD COLUMN more int");
        PreMigrationCheck role = look("acting", "privileges", "ALTER TABLE shop.orders ADD COLUMN more int");

        // Then
        assertThat(login.passed()).isTrue();
        assertThat(role.passed()).isFalse();
        assertThat(role.detail())
                .contains(
                        "The role 'guest_of_checks'",
                        "ownership of",
                        "CREATE on the database, for the schema ops of the ledger");
    }

    @Test
    void refusesARoleThatTheTargetDoesNotLetItTakeOn() throws Exception {
        // When
        List<PreMigrationCheck> looked = look("unable", "TRUNCATE shop.orders");

        // Then
        PreMigrationCheck check = named(looked, "privileges");
        assertThat(check.passed()).isFalse();
        assertThat(check.critical()).isTrue();
        assertThat(check.detail()).contains("RUN_AS_REFUSED", "no_such_role");
    }

    private PreMigrationCheck look(String target, String check, String sql) throws Exception {
        return named(look(target, sql), check);
    }

    private List<PreMigrationCheck> look(String target, String sql) throws Exception {
        Footprint footprint = new FootprintReader(Footprint.OWN_SCHEMA)
                .read("V1__test.sql", sql)
                .footprint();
        Plan plan = Plan.of(
                Plan.Kind.MIGRATION,
                FlywaySettings.DEFAULTS,
                List.of(),
                TargetStates.read(ValidatorTargetsResource.owned(), FlywaySettings.DEFAULTS));
        return checks.look(new TargetId(target), plan, null, footprint).checks();
    }

    private static PreMigrationCheck named(List<PreMigrationCheck> looked, String name) {
        return looked.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
