package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.eventing.SharedServersResource;
import io.slipway.executor.stop.Stops;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

/** Runs that someone asks to stop. A script that waits for a lock which the test holds makes the moment certain. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class StopIT extends ExecutionFixture {
    private static final String WAITING = "select pid from pg_locks where locktype = 'advisory' and objid = 1604"
            + " and not granted and database = (select oid from pg_database where datname = current_database())";

    /** Waits for the test, however long that takes. */
    private static final String WAIT = "set local lock_timeout = 0; select pg_advisory_xact_lock(1604);";

    @Inject
    Stops stops;

    @Test
    void endsWithoutTouchingTheTargetWhenItIsStoppedBeforeItsStart() {
        // Given
        Plan plan = plan(script("1", "shop", "create table item (id int)"));
        release(run, plan);
        stop(plan.digest(), "ada");
        stop(plan.digest(), "grace");
        // When
        backedUp(run, plan);
        // Then
        var ended = ended(MigrationFailed.class);
        assertThat(ended.failure().code()).isEqualTo("STOPPED");
        assertThat(ended.failure().message()).isEqualTo("'ada' asked to stop the run: The checkout waits");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(ended.applied()).isEmpty();
        assertThat(facts(MigrationStarted.class)).isEmpty();
        assertThat(query("select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
    }

    @Test
    void stopsBetweenTwoScriptsAndLeavesAHistoryThatPlainFlywayGoesOnFrom() throws SQLException {
        // Given
        String held = WAIT + " create table item (id int)";
        String next = "create table more (id int)";
        Plan plan = plan(script("1", "shop", held), script("2", "more", next));
        // When
        stopWhileTheFirstScriptRuns(plan);
        // Then
        var ended = ended(MigrationFailed.class);
        assertThat(ended.failure().code()).isEqualTo("STOPPED");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
        assertThat(ended.applied()).extracting(AppliedMigration::script).containsExactly("V1__shop.sql");
        assertThat(query("select to_regclass('more') is null")).isEqualTo("t");
        var plain = plainFlyway(Map.of("V1__shop.sql", held, "V2__more.sql", next));
        assertThat(plain.info().pending()).extracting(MigrationInfo::getScript).containsExactly("V2__more.sql");
        assertThat(plain.migrate().migrationsExecuted).isEqualTo(1);
        plain.validate();
    }

    @Test
    void doesNotBeginAScriptThatCouldNotBeTakenBack() throws SQLException {
        // Given
        PlannedScript next = outsideTransaction("2", "index", "create index concurrently item_id on item (id)");
        Plan plan = plan(script("1", "shop", WAIT + " create table item (id int)"), next);
        // When
        stopWhileTheFirstScriptRuns(plan);
        // Then
        assertThat(ended(MigrationFailed.class).stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
        assertThat(query("select to_regclass('item_id') is null")).isEqualTo("t");
        assertThat(query("select string_agg(script, ',') from slipway_ledger")).isEqualTo("V1__shop.sql");
        assertThat(query("select string_agg(script || success, ',') from flyway_schema_history"))
                .isEqualTo("V1__shop.sqltrue");
    }

    @Test
    void stopsARollbackBetweenTwoVersions() throws SQLException {
        // Given
        Map<String, String> scripts =
                Map.of("V1__shop.sql", "create table item (id int)", "V2__price.sql", "alter table item add price int");
        plainFlyway(scripts).migrate();
        Plan plan = rollback(
                undo("2", "price", WAIT + " alter table item drop column price"), undo("1", "shop", "drop table item"));
        // When
        stopWhileTheFirstScriptRuns(plan);
        // Then
        var ended = ended(RollbackFailed.class);
        assertThat(ended.failure().code()).isEqualTo("STOPPED");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
        assertThat(ended.undone()).extracting(AppliedMigration::script).containsExactly("U2__price.sql");
        assertThat(plainFlyway(scripts).info().current().getVersion().getVersion())
                .isEqualTo("1");
        plainFlyway(scripts).migrate();
        plainFlyway(scripts).validate();
    }

    @Test
    void endsAsAppliedWhenTheLastScriptRunsAlready() throws SQLException {
        // Given
        Plan plan = plan(script("1", "shop", WAIT + " create table item (id int)"));
        // When
        stopWhileTheFirstScriptRuns(plan);
        // Then
        assertThat(ended(MigrationApplied.class).migrations()).hasSize(1);
        assertThat(query("select to_regclass('item') is null")).isEqualTo("f");
    }

    @Test
    void attemptAfterOneThatWasCutOffKnowsOfTheStop() throws SQLException {
        // Given
        Plan plan = plan(script("1", "shop", WAIT + " create table item (id int)"));
        try (Connection held = hold()) {
            awaitTheWaitOf(plan);
            stop(plan.digest(), "ada");
            await().until(() -> stops.now(run).isPresent());
            // When
            query("select pg_terminate_backend((%s))".formatted(WAITING));
            // Then
            var ended = ended(MigrationFailed.class);
            assertThat(ended.failure().code()).isEqualTo("STOPPED");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        }
        assertThat(query("select to_regclass('item') is null")).isEqualTo("t");
    }

    @Test
    void passesOverAStopOfAnotherPlan() {
        // Given
        Plan plan = plan(script("1", "shop", "create table item (id int)"));
        release(run, plan);
        // When
        stop(new PlanDigest("sha256:" + "b".repeat(64)), "ada");
        // Then
        backedUp(run, plan);
        assertThat(ended(MigrationApplied.class).migrations()).hasSize(1);
    }

    @Test
    void cancelsTheStatementAtWorkWhenItIsToStopNow() throws SQLException {
        // Given
        Plan plan = plan(
                script("1", "shop", "create table item (id int)"),
                script("2", "more", "create table more (id int); " + WAIT));
        try (var _ = hold()) {
            awaitTheWaitOf(plan);
            stop(plan.digest(), "ada");
            // When
            stopNow(plan.digest(), "grace");
            // Then
            var ended = ended(MigrationFailed.class);
            assertThat(ended.failure().code()).isEqualTo("STOPPED");
            assertThat(ended.failure().message()).startsWith("'grace' asked");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
            assertThat(ended.applied()).extracting(AppliedMigration::script).containsExactly("V1__shop.sql");
            assertThat(query("select to_regclass('more') is null")).isEqualTo("t");
        }
    }

    @Test
    void leavesAScriptWithoutATransactionToBeResumedWhenItIsCancelledInItsMiddle() throws SQLException {
        // Given
        Plan plan =
                plan(outsideTransaction("1", "shop", "create table item (id int); select pg_advisory_xact_lock(1604)"));
        try (var _ = hold()) {
            awaitTheWaitOf(plan);
            // When
            stopNow(plan.digest(), "grace");
            // Then
            var ended = ended(MigrationFailed.class);
            assertThat(ended.failure().code()).isEqualTo("STOPPED");
            assertThat(ended.failure().remedy()).contains("'resume'");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
            assertThat(query("select to_regclass('item') is null")).isEqualTo("f");
        }
    }

    @Test
    void passesOverAStopAfterTheEnd() {
        // Given
        Plan plan = plan(script("1", "shop", "create table item (id int)"));
        execute(plan, MigrationApplied.class);
        // When
        stop(plan.digest(), "ada");
        // Then
        RunId marker = RunId.random();
        announce(marker, plan(script("2", "more", "create table more (id int)")));
        probe.await(MigrationApplied.class, fact -> fact.runId().equals(marker));
        assertThat(facts(RunEnded.class)).hasSize(1);
    }

    private void stopWhileTheFirstScriptRuns(Plan plan) throws SQLException {
        try (Connection held = hold()) {
            awaitTheWaitOf(plan);
            stop(plan.digest(), "ada");
            await().until(() -> stops.now(run).isPresent());
        }
    }

    private void awaitTheWaitOf(Plan plan) {
        announce(run, plan);
        await().until(() ->
                query("select count(*) from (%s) waiting".formatted(WAITING)).equals("1"));
    }

    /** Holds the lock until the transaction, and with it the connection, is closed. */
    private Connection hold() throws SQLException {
        Connection connection = pools.writer(TARGET).getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(1604)");
        }
        return connection;
    }

    private void stopNow(PlanDigest plan, String requestedBy) {
        probe.publish(Topics.EVENTS, new StopOrdered(run, TARGET, plan, requestedBy, "The checkout waits", true));
    }

    private void stop(PlanDigest plan, String requestedBy) {
        probe.publish(Topics.EVENTS, new StopOrdered(run, TARGET, plan, requestedBy, "The checkout waits"));
    }
}
