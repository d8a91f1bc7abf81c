package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.eventing.EventProbe;
import io.slipway.eventing.SharedServersResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs for a server that has one slot. */
@QuarkusTest
@TestProfile(SlotsIT.OneSlot.class)
@WithTestResource(SharedServersResource.class)
class SlotsIT extends ExecutionFixture {
    private static final TargetId ELSEWHERE = new TargetId("elsewhere");

    @Inject
    DataSource controlPlane;

    public static class OneSlot implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "slipway.executor.runs-per-server", "1",
                    // Found by a wake-up, or not within this test.
                    "slipway.tasks.poll-interval", "1h",
                    "slipway.targets.elsewhere.url", "postgresql://postgres:secret@127.0.0.1:1/nobody");
        }
    }

    @BeforeEach
    void aTableInUse() {
        sql("drop schema if exists app cascade");
        sql("create schema app");
        sql("create table app.item (id int primary key)");
    }

    @Test
    void runsWithoutASlotWaitInTheirOrderAndBeginWhenItIsFree() throws SQLException {
        // Given
        Plan first = plan(script("1", "waits", "alter table app.item add column price int; select 1/0"));
        Plan second = plan(script("1", "fails", "select 1/0"));
        Plan third = plan(script("1", "works", "create table more (id int)"));
        RunId next = RunId.random();
        RunId last = RunId.random();
        // When
        try (var checkout = Blockade.of("checkout", "lock table app.item in access share mode")) {
            announce(run, first);
            awaitStart(run);
            announce(next, second);
            announce(last, third);
            await().until(() -> waiting() == 2);
            assertThat(started()).doesNotContain(next, last);
        }
        // Then
        probe.await(MigrationApplied.class, fact -> fact.runId().equals(last));
        assertThat(runs(MigrationStarted.class)).containsSubsequence(run, next, last);
        assertThat(at(MigrationStarted.class, next)).isAfterOrEqualTo(at(RunEnded.class, run));
        assertThat(at(MigrationStarted.class, last)).isAfterOrEqualTo(at(RunEnded.class, next));
        assertThat(Duration.between(at(RunEnded.class, run), at(MigrationStarted.class, next)))
                .isLessThan(Duration.ofSeconds(5));
        await().until(() -> slots() == 0);
    }

    @Test
    void aRunThatWaitsForASlotIsStoppedAtOnce() throws SQLException {
        // Given
        Plan plan = plan(script("1", "waits", "alter table app.item add column price int"));
        RunId next = RunId.random();
        try (var checkout = Blockade.of("checkout", "lock table app.item in access share mode")) {
            announce(run, plan);
            awaitStart(run);
            announce(next, plan);
            await().until(() -> waiting() == 1);
            // When
            probe.publish(Topics.EVENTS, new StopOrdered(next, TARGET, plan.digest(), "ada", "no more"));
            // Then
            var stopped =
                    probe.await(MigrationFailed.class, fact -> fact.runId().equals(next));
            assertThat(stopped.failure().code()).isEqualTo("STOPPED");
            assertThat(started()).doesNotContain(next);
            assertThat(waiting()).isZero();
        }
        ended(MigrationApplied.class);
    }

    @Test
    void aFullServerDoesNotKeepTheRunsOfAnotherOneWaiting() throws SQLException {
        // Given
        Plan plan = plan(script("1", "waits", "alter table app.item add column price int"));
        RunId other = RunId.random();
        try (var checkout = Blockade.of("checkout", "lock table app.item in access share mode")) {
            announce(run, plan);
            awaitStart(run);
            // When
            announce(other, ELSEWHERE, plan);
            // Then
            awaitStart(other);
        }
        ended(MigrationApplied.class);
        probe.publish(Topics.EVENTS, new StopOrdered(other, ELSEWHERE, plan.digest(), "ada", "enough"));
    }

    private void awaitStart(RunId started) {
        probe.await(MigrationStarted.class, fact -> fact.runId().equals(started));
    }

    private List<RunId> started() {
        return runs(MigrationStarted.class);
    }

    private List<RunId> runs(Class<? extends RunFact> type) {
        return probe.on(Topics.EVENTS)
                .map(EventProbe.Received::event)
                .filter(type::isInstance)
                .map(type::cast)
                .map(RunFact::runId)
                .toList();
    }

    private Instant at(Class<? extends RunFact> type, RunId of) {
        return probe.await(
                        Topics.EVENTS,
                        received -> type.isInstance(received.event())
                                && type.cast(received.event()).runId().equals(of))
                .envelope()
                .time();
    }

    private int waiting() throws SQLException {
        return count("select count(*) from execution_slot where server not like '%:1' and taken_at is null");
    }

    private int slots() throws SQLException {
        return count("select count(*) from execution_slot where server not like '%:1'");
    }

    private int count(String query) throws SQLException {
        try (var connection = controlPlane.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
