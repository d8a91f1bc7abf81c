package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Plan;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Someone else migrates the target after the executor has looked at it, and before it has Flyway's lock. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class OvertakenIT extends ExecutionFixture {
    private static final String WAIT = "select pg_advisory_xact_lock(4711); ";
    private static final String ITEM = "create table item (id int)";

    @Test
    void changesNothingWhenPlainFlywayWasFaster() throws SQLException {
        // Given
        Plan plan = plan(script("1", "item", ITEM), script("2", "more", "create table more (id int)"));
        // When
        var ended = race(plan, Map.of("V1__item.sql", WAIT + ITEM));
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(ended.applied()).isEmpty();
        assertThat(query("select to_regclass('more') is null and to_regclass('slipway_ledger') is null"))
                .isEqualTo("t");
    }

    @Test
    void doesNotClaimForItselfWhatPlainFlywayHasDone() throws SQLException {
        // Given
        Plan plan = plan(script("1", "item", ITEM));
        // When
        var ended = race(plan, Map.of("V1__item.sql", WAIT + ITEM));
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(ended.failure().message()).contains("V1__item.sql");
        assertThat(ended.applied()).isEmpty();
    }

    @Test
    void stopsBetweenTwoScriptsWhenTheHistoryGetsARowOfSomeoneElse() {
        // Given
        String row = "insert into flyway_schema_history select coalesce(max(installed_rank), 0) + 1,"
                + " '1.5', 'other', 'SQL', 'V1.5__other.sql', 1, 'someone', now(), 1, true from flyway_schema_history";
        Plan plan = plan(script("1", "item", ITEM + "; " + row), script("2", "more", "create table more (id int)"));
        // When
        var ended = execute(plan, MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(ended.failure().message()).contains("V1.5__other.sql");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
        assertThat(ended.applied()).hasSize(1);
    }

    /** Plain Flyway holds its lock, with nothing committed yet, until the executor waits for it. */
    private MigrationFailed race(Plan plan, Map<String, String> scripts) throws SQLException {
        CompletableFuture<Void> plain;
        try (var _ = Blockade.of("starter", "select pg_advisory_xact_lock(4711)")) {
            // A thread of the common pool may still have the class loader of an earlier test's application.
            plain = CompletableFuture.runAsync(() -> plainFlyway(scripts).migrate(), Thread.ofPlatform()::start);
            awaitSession("wait_event = 'advisory'");
            announce(run, plan);
            awaitSession("application_name = 'slipway/%s' and query like '%%pg_try_advisory_lock%%'".formatted(run));
        }
        plain.join();
        return ended(MigrationFailed.class);
    }

    private void awaitSession(String which) {
        await().until(() ->
                query("select count(*) from pg_stat_activity where " + which).equals("1"));
    }
}
