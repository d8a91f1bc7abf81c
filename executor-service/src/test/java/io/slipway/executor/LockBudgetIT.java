package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.slipway.contracts.Blocker;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a migration that does not get its lock, and whom it may end to get it. */
@QuarkusTest
@TestProfile(LockBudgetIT.Short.class)
@WithTestResource(SharedServersResource.class)
class LockBudgetIT extends ExecutionFixture {
    private static final String ALTER = "alter table app.item add column price int";

    public static class Short implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "slipway.executor.locks.budget", "2s",
                    "slipway.executor.locks.longest-pause", "500ms",
                    "slipway.executor.locks.cancel-blockers", "idle-in-transaction",
                    "slipway.executor.locks.cancel-idle-after", "0s");
        }
    }

    @BeforeEach
    void aTableInUse() {
        sql("drop schema if exists app cascade");
        sql("create schema app");
        sql("create table app.item (id int primary key)");
    }

    @Test
    void failsWithWhoIsInTheWayAndNothingChangedOnceTheBudgetIsUsedUp() throws SQLException {
        // Given
        try (var checkout = Blockade.of("checkout", "lock table app.item in access share mode");
                var _ = busy(checkout)) {
            // When
            var ended =
                    execute(plan(script("1", "price", "create table more (id int);" + ALTER)), MigrationFailed.class);
            // Then
            assertThat(ended.failure().code()).isEqualTo("LOCK_NOT_AVAILABLE");
            assertThat(ended.failure().message()).contains("pid " + checkout.pid(), "checkout", "attempts");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
            assertThat(query("select to_regclass('more') is null")).isEqualTo("t");
        }
    }

    @Test
    void saysWhoHeldFlywaysLockOnceTheBudgetIsUsedUp() throws SQLException {
        // Given
        try (var other = Blockade.of("other flyway", HISTORY_LOCK)) {
            // When
            var ended = execute(plan(script("1", "more", "create table more (id int)")), MigrationFailed.class);
            // Then
            assertThat(ended.failure().code()).isEqualTo("HISTORY_LOCKED");
            assertThat(ended.failure().message())
                    .contains("In the way: pid " + other.pid(), "other flyway", "idle in transaction, open for");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
            assertThat(other.stands()).isTrue();
        }
    }

    @Test
    void triesAGroupAsAWholeWithinOneBudget() throws SQLException {
        // Given
        try (var checkout = Blockade.of("checkout", "lock table app.item in access share mode");
                var _ = busy(checkout)) {
            // When
            var ended = execute(
                    group(script("1", "more", "create table more (id int)"), script("2", "price", ALTER)),
                    MigrationFailed.class);
            // Then
            assertThat(ended.failure().code()).isEqualTo("LOCK_NOT_AVAILABLE");
            assertThat(ended.failure().message()).contains("attempts");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
            assertThat(query("select to_regclass('more') is null")).isEqualTo("t");
        }
    }

    @Test
    void saysThatAScriptOutsideATransactionIsInterrupted() throws SQLException {
        // Given
        try (var checkout = Blockade.of("checkout", "lock table app.item in access share mode");
                var _ = busy(checkout)) {
            // When
            var plan = plan(outsideTransaction("1", "price", "create table more (id int);\n" + ALTER));
            var ended = execute(plan, MigrationFailed.class);
            // Then
            assertThat(ended.failure().code()).isEqualTo("LOCK_NOT_AVAILABLE");
            assertThat(ended.failure().line()).isEqualTo(2);
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        }
    }

    @Test
    void endsASessionThatIdlesInItsTransactionAndSaysSo() throws SQLException {
        // Given
        try (var checkout = Blockade.of("checkout", "lock table app.item in access share mode")) {
            int pid = checkout.pid();
            // When
            execute(plan(script("1", "price", ALTER)), MigrationApplied.class);
            // Then
            assertThat(checkout.stands()).isFalse();
            var progress = probe.await(
                    MigrationProgressed.class,
                    each -> each.runId().equals(run) && !each.blockedBy().isEmpty());
            assertThat(progress.blockedBy())
                    .filteredOn(Blocker::cancelled)
                    .extracting(Blocker::pid)
                    .containsExactly(pid);
        }
    }

    private interface Work extends AutoCloseable {
        @Override
        void close();
    }

    /** Keeps the session at work, so that it does not count as idle. */
    private Work busy(Blockade session) throws SQLException {
        int pid = session.pid();
        var work = CompletableFuture.runAsync(session::work);
        await().until(() ->
                query("select state from pg_stat_activity where pid = " + pid).equals("active"));
        return () -> {
            query("select pg_cancel_backend(%d)".formatted(pid));
            work.join();
        };
    }
}
