package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RunEnded;
import io.slipway.eventing.SharedServersResource;
import io.slipway.eventing.task.DurableTask;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that is told, or given to an executor, more than once. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class RepeatsIT extends ExecutionFixture {
    @Inject
    @Any
    Instance<DurableTask> tasks;

    @BeforeEach
    void aTableInUse() {
        sql("drop schema if exists app cascade");
        sql("create schema app");
        sql("create table app.item (id int primary key)");
    }

    @Test
    void everyFactDeliveredFiveTimesIsOneExecutionAndOneEnd() {
        // Given
        deliveries = 5;
        Plan plan = plan(script("1", "price", "alter table app.item add column price int"));
        // When
        execute(plan, MigrationApplied.class);
        // Then
        endedOnce(plan(script("2", "size", "alter table app.item add column size int")));
    }

    @Test
    void twoExecutorsWithTheSameRunApplyEachMigrationOnceAndEndItOnce() throws Exception {
        // Given
        DurableTask execute = tasks.stream()
                .filter(task -> task.name().equals("execute"))
                .findFirst()
                .orElseThrow();
        Plan plan = plan(
                script("1", "price", "alter table app.item add column price int"),
                script("2", "more", "create table app.more (id int)"),
                script("3", "rows", "insert into app.more values (1)"));
        // When
        try (var second = Executors.newSingleThreadExecutor()) {
            Future<?> done = whileTheTableIsInUse(() -> {
                announce(run, plan);
                probe.await(MigrationStarted.class, fact -> fact.runId().equals(run));
                return second.submit(() -> {
                    execute.run(run.toString());
                    return null;
                });
            });
            // Each ends the sessions of the other when it begins; one of them finishes.
            await().until(done::isDone);
        }
        // Then
        var ended = ended(MigrationApplied.class);
        assertThat(ended.migrations())
                .extracting(AppliedMigration::script)
                .containsExactly("V1__price.sql", "V2__more.sql", "V3__rows.sql");
        assertThat(query("select count(*) from app.more")).isEqualTo("1");
        assertThat(
                        query(
                                "select string_agg(version || success, ' ' order by installed_rank) from flyway_schema_history"))
                .isEqualTo("1true 2true 3true");
        endedOnce(plan(script("4", "size", "alter table app.item add column size int")));
    }

    private static <T> T whileTheTableIsInUse(Callable<T> work) throws Exception {
        try (var checkout = Blockade.of("checkout", "lock table app.item in access share mode")) {
            return work.call();
        }
    }

    /** A later run, whose end comes after everything that could still be said of the first. */
    private void endedOnce(Plan next) {
        RunId later = RunId.random();
        announce(later, next);
        probe.await(MigrationApplied.class, fact -> fact.runId().equals(later));
        assertThat(facts(RunEnded.class)).hasSize(1);
        assertThat(facts(MigrationStarted.class)).hasSize(1);
    }
}
