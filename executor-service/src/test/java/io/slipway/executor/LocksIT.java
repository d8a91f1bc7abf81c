package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Blocker;
import io.slipway.contracts.Plan;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations of a table that an application uses; the test is the application. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class LocksIT extends ExecutionFixture {
    private static final String READ = "select id from app.item where name = 'secret'";
    private static final String ALTER = "alter table app.item add column price int";
    private static final String WAITING =
            "select pid from pg_locks where not granted and relation = 'app.item'::regclass";

    @BeforeEach
    void aTableInUse() {
        sql("drop schema if exists app cascade");
        sql("create schema app");
        sql("create table app.item (id int primary key, name text)");
    }

    @Test
    void stepsAsideForAReaderThatComesAfterItAndGoesOnOnceTheLockIsFree() throws SQLException {
        // Given
        try (var checkout = Blockade.of("checkout", READ)) {
            announce(run, plan(script("1", "price", ALTER)));
            awaitTheWait();
            // When
            query("select count(*) from app.item");
            // Then
            assertThat(checkout.stands()).isTrue();
            assertThat(facts(RunEnded.class)).isEmpty();
            awaitProgress(progress -> progress.attempt() != null && progress.attempt() > 1);
        }
        assertThat(ended(MigrationApplied.class).migrations()).hasSize(1);
        assertThat(query("select count(price) from app.item")).isEqualTo("0");
    }

    @Test
    void saysWhoIsInTheWayWithoutTheirValues() throws SQLException {
        // Given
        try (var checkout = Blockade.of("checkout", READ);
                var billing = Blockade.of("billing", "lock table app.item in row share mode")) {
            // When
            announce(run, plan(script("1", "price", "create table more (id int);\n" + ALTER)));
            // Then
            var progress = awaitProgress(each -> each.blockedBy().size() == 2);
            assertThat(progress.blockedBy())
                    .extracting(Blocker::pid)
                    .containsExactlyInAnyOrder(checkout.pid(), billing.pid());
            var first = progress.blockedBy().stream()
                    .filter(each -> each.application().equals("checkout"))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.state()).isEqualTo("idle in transaction");
            assertThat(first.query()).isEqualTo("select id from app.item where name = ...");
            assertThat(first.transactionAge()).isNotNull();
            assertThat(first.cancelled()).isFalse();
            assertThat(progress.statementsDone()).isEqualTo(1);
            assertThat(progress.statements()).isEqualTo(2);
            assertThat(progress.waited()).isPositive();
        }
        ended(MigrationApplied.class);
    }

    @Test
    void triesAStatementOutsideATransactionAgainAndNotThoseBeforeIt() throws SQLException {
        // Given
        try (var _ = Blockade.of("checkout", READ)) {
            // When
            announce(run, plan(outsideTransaction("1", "price", "create table more (id int);\n" + ALTER + ";")));
            // Then
            var progress = awaitProgress(each -> each.attempt() != null && each.attempt() > 1);
            assertThat(progress.statementsDone()).isEqualTo(1);
        }
        assertThat(ended(MigrationApplied.class).migrations().getFirst().statements())
                .isEqualTo(2);
        assertThat(query("select count(price) from app.item")).isEqualTo("0");
    }

    @Test
    void waitsWhereItIsWhereNobodyWaitsForIt() throws SQLException {
        // Given
        try (var _ = Blockade.of("checkout", "insert into app.item values (1, 'secret')")) {
            // When
            announce(
                    run,
                    plan(outsideTransaction("1", "index", "create index concurrently item_name on app.item (name)")));
            // Then
            var progress = awaitProgress(each -> each.blockedBy().size() == 1 && each.phase() != null);
            assertThat(progress.phase()).isEqualTo("CREATE INDEX CONCURRENTLY: waiting for writers before build");
            assertThat(progress.percent()).isZero();
            assertThat(progress.attempt()).isEqualTo(1);
            sql("insert into app.item values (2, 'other')");
        }
        ended(MigrationApplied.class);
        assertThat(query("select indisvalid from pg_index where indexrelid = 'app.item_name'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void namesTheLineOfAStatementOutsideATransactionThatFails() {
        // Given
        Plan plan = plan(outsideTransaction("1", "broken", "create table more (id int);\n\nselect 1/0;"));
        // When
        var ended = execute(plan, MigrationFailed.class);
        // Then
        assertThat(ended.failure().line()).isEqualTo(3);
        assertThat(ended.failure().sqlState()).isEqualTo("22012");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
    }

    @Test
    void rollbackStepsAsideAsWell() throws SQLException {
        // Given
        sql("drop table app.item");
        Map<String, String> scripts = Map.of(
                "V1__shop.sql", "create table app.item (id int primary key, name text)", "V2__price.sql", ALTER + ";");
        plainFlyway(scripts).migrate();
        Plan plan = rollback(undo("2", "price", "alter table app.item drop column price"));
        try (var checkout = Blockade.of("checkout", READ)) {
            // When
            announce(run, plan);
            // Then
            awaitProgress(each -> each.attempt() != null && each.attempt() > 1);
            assertThat(checkout.stands()).isTrue();
        }
        assertThat(ended(RollbackApplied.class).undone()).hasSize(1);
        plainFlyway(scripts).migrate();
        plainFlyway(scripts).validate();
    }

    @Test
    void waitsForAnotherFlywayAndGoesOnOnceThatIsDone() throws SQLException {
        // Given
        try (var other = Blockade.of("other flyway", HISTORY_LOCK)) {
            // When
            announce(run, plan(script("1", "price", ALTER)));
            // Then
            int pid = other.pid();
            awaitProgress(each -> each.blockedBy().stream()
                    .anyMatch(by -> by.pid() == pid && by.application().equals("other flyway")));
        }
        ended(MigrationApplied.class);
    }

    @Test
    void stopsBetweenTwoAttempts() throws SQLException {
        // Given
        Plan plan = plan(script("1", "price", ALTER));
        try (var _ = Blockade.of("checkout", READ)) {
            announce(run, plan);
            awaitTheWait();
            // When
            probe.publish(Topics.EVENTS, new StopOrdered(run, TARGET, plan.digest(), "ada", "The checkout waits"));
            // Then
            var ended = ended(MigrationFailed.class);
            assertThat(ended.failure().code()).isEqualTo("STOPPED");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        }
    }

    @Test
    void goesOnWhenItsSessionIsEndedWhileItWaits() throws SQLException {
        // Given
        try (var _ = Blockade.of("checkout", READ)) {
            announce(run, plan(script("1", "price", ALTER)));
            awaitTheWait();
            // When
            await().until(() -> query("select count(pg_terminate_backend(pid)) from (%s) waiting".formatted(WAITING))
                    .equals("1"));
        }
        // Then
        ended(MigrationApplied.class);
        assertThat(query("select count(*) from flyway_schema_history where script = 'V1__price.sql'"))
                .isEqualTo("1");
    }

    private void awaitTheWait() {
        await().until(() ->
                query("select count(*) from (%s) waiting".formatted(WAITING)).equals("1"));
    }

    private MigrationProgressed awaitProgress(Predicate<MigrationProgressed> wanted) {
        return probe.await(
                MigrationProgressed.class, progress -> progress.runId().equals(run) && wanted.test(progress));
    }
}
