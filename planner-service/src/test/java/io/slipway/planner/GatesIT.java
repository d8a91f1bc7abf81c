package io.slipway.planner;

import static io.slipway.planner.PlannerFixture.accepted;
import static io.slipway.planner.PlannerFixture.approval;
import static io.slipway.planner.PlannerFixture.awaitState;
import static io.slipway.planner.PlannerFixture.cancellation;
import static io.slipway.planner.PlannerFixture.dryRun;
import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.flyway;
import static io.slipway.planner.PlannerFixture.migration;
import static io.slipway.planner.PlannerFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Hold;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds a validated run back, and what lets it go; the policy is that of {@link PlannerServersResource}. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class GatesIT {
    private static final ScriptFile V1 = file("V1__customers.sql", "create table customer (id int primary key);");
    private static final ScriptFile V2 = file("V2__orders.sql", "create table orders (id int primary key);");

    private PlannerFixture planner;

    @BeforeEach
    void open() {
        planner = new PlannerFixture();
    }

    @AfterEach
    void close() {
        SteeredClock.release();
        planner.close();
    }

    @Test
    void releasesARunWhenItsWindowOpens() {
        // Given
        SteeredClock.set("2026-06-15T12:00:00Z");
        RunId run = accepted(migration("nightly", V1));
        pass(run, "nightly", Verdict.Risk.LOW);
        Hold hold = held(run, Hold.Reason.WINDOW);

        // When
        SteeredClock.set("2026-06-15T20:00:01Z");

        // Then
        assertThat(hold.until()).isEqualTo("2026-06-15T20:00:00Z");
        assertThat(planner.released(run).skipped()).isEmpty();
        awaitState(run, "RELEASED");
    }

    @Test
    void forcePassesOverTheWindowAndIsOnRecord() {
        // Given
        SteeredClock.set("2026-06-15T12:00:00Z");
        RunId run = accepted(PlannerFixture.migration("forced", true, null, V1));

        // When
        pass(run, "forced", Verdict.Risk.LOW);

        // Then
        assertThat(planner.released(run).skipped()).containsExactly("window");
    }

    @Test
    void releasesARunWhenSomeoneOfTheRoleApprovesItsPlan() {
        // Given
        RunId run = accepted(migration("guarded", V1));
        PlanDigest plan = pass(run, "guarded", Verdict.Risk.HIGH);
        Hold hold = held(run, Hold.Reason.APPROVAL);
        PlanDigest other = new PlanDigest("sha256:" + "0".repeat(64));

        // When
        post(approval("guarded", run, plan, "ada")).then().statusCode(403);
        post(approval("guarded", run, plan, "zoe")).then().statusCode(403);
        post(approval("guarded", run, other, "berta")).then().statusCode(409);
        var refused = awaitState(run, "HELD").jsonPath();
        post(approval("guarded", run, plan, "berta")).then().statusCode(202);

        // Then
        assertThat(hold.roles()).containsExactly("dba");
        assertThat(refused.getList("approvals")).isNullOrEmpty();
        assertThat(refused.getString("hold.reason")).isEqualTo("APPROVAL");
        assertThat(planner.released(run).approvedBy()).containsExactly("berta");
        assertThat(awaitState(run, "RELEASED").jsonPath().getList("approvals.person"))
                .containsExactly("berta");
        post(approval("guarded", run, plan, "carl")).then().statusCode(409);
    }

    @Test
    void aNewPlanVoidsTheApprovalsOfTheOldOne() {
        // Given: one of two approvals, and then someone else migrates the target
        RunId run = accepted(migration("twofold", V1, V2));
        PlanDigest first = pass(run, "twofold", Verdict.Risk.LOW);
        held(run, Hold.Reason.APPROVAL);
        post(approval("twofold", run, first, "berta")).then().statusCode(202);
        flyway("twofold", V1);

        // When
        post(approval("twofold", run, first, "carl")).then().statusCode(202);

        // Then
        PlanDigest second = planner.events
                .await(
                        MigrationPlanned.class,
                        e -> e.runId().equals(run) && !e.plan().digest().equals(first))
                .plan()
                .digest();
        planner.say(PlannerFixture.passed(run, "twofold", second, Verdict.Risk.LOW));
        RunHeld again = planner.events.await(RunHeld.class, e -> e.runId().equals(run) && second.equals(e.plan()));
        assertThat(again.hold().detail()).contains("2 approvals");
        post(approval("twofold", run, first, "carl")).then().statusCode(409);
    }

    @Test
    void anApprovalThatHasExpiredNoLongerCounts() {
        // Given
        SteeredClock.set("2026-06-15T12:00:00Z");
        RunId run = accepted(migration("expiring", V1));
        PlanDigest plan = pass(run, "expiring", Verdict.Risk.LOW);
        held(run, Hold.Reason.APPROVAL);
        post(approval("expiring", run, plan, "berta")).then().statusCode(202);
        SteeredClock.set("2026-06-16T12:00:01Z");
        post(approval("expiring", run, plan, "carl")).then().statusCode(202);
        var waiting = awaitState(run, "HELD").jsonPath();

        // When
        post(approval("expiring", run, plan, "berta")).then().statusCode(202);

        // Then
        assertThat(waiting.getString("hold.detail")).contains("approval");
        assertThat(planner.released(run).approvedBy()).containsExactly("berta", "carl");
    }

    @Test
    void givesARunUpThatNobodyReleasedInTime() {
        // Given
        SteeredClock.set("2026-06-15T12:00:00Z");
        Instant expires = Instant.parse("2026-06-15T13:00:00Z");
        RunId held = accepted(PlannerFixture.migration("late", false, expires, V1));
        pass(held, "late", Verdict.Risk.LOW);
        held(held, Hold.Reason.WINDOW);
        RunId queued = accepted(PlannerFixture.migration("late", false, expires, V1));
        held(queued, Hold.Reason.TURN);

        // When
        SteeredClock.set("2026-06-15T13:00:00Z");

        // Then
        assertThat(planner.cancelled(held).cause()).isEqualTo(Cause.EXPIRED);
        assertThat(planner.cancelled(queued).cause()).isEqualTo(Cause.EXPIRED);
        post(PlannerFixture.migration("late", false, expires, V1)).then().statusCode(422);
    }

    @Test
    void aDryRunDoesNotWaitBehindAHeldRun() {
        // Given
        SteeredClock.set("2026-06-15T12:00:00Z");
        RunId held = accepted(migration("busy", V1));
        pass(held, "busy", Verdict.Risk.LOW);
        held(held, Hold.Reason.WINDOW);

        // When
        RunId look = accepted(dryRun("busy", V1));

        // Then
        pass(look, "busy", Verdict.Risk.LOW);
        awaitState(look, "DRY_RUN_COMPLETED");
        awaitState(held, "HELD");
    }

    @Test
    void refusesWhatThePolicyBlocks() {
        // Given
        RunId run = accepted(migration("blocked", V1));

        // When
        PlanDigest plan = planner.planned(run).plan().digest();
        planner.say(PlannerFixture.passedWith(run, "blocked", plan, "drop-table"));

        // Then
        assertThat(planner.cancelled(run).failure().code()).isEqualTo("RULE_BLOCKED");
    }

    @Test
    void takesNoMoreRunsThanPolicyAllowsToWait() {
        // Given
        accepted(migration("crowded", V1));
        accepted(migration("crowded", V1, V2));

        // When
        var third = post(migration("crowded", V1, V2));

        // Then
        third.then().statusCode(429);
        assertThat(third.jsonPath().getString("detail")).contains("1 runs wait");
    }

    @Test
    void ordersARunUnderWayToStop() {
        // Given
        RunId run = accepted(migration("stopped", V1));
        PlanDigest plan = pass(run, "stopped", Verdict.Risk.LOW);
        planner.released(run);

        // When
        post(cancellation("stopped", run)).then().statusCode(202);

        // Then
        StopOrdered order =
                planner.events.await(StopOrdered.class, e -> e.runId().equals(run));
        assertThat(order.plan()).isEqualTo(plan);
        assertThat(order.requestedBy()).isEqualTo("bob");
        planner.say(new MigrationFailed(
                run,
                new TargetId("stopped"),
                plan,
                List.of(),
                Failure.of("STOPPED", "It was stopped.", "Send it again."),
                StateLeft.UNCHANGED,
                Duration.ZERO));
        awaitState(run, "FAILED");
        post(cancellation("stopped", run)).then().statusCode(409);
    }

    @Test
    void backsUpWhatCannotBeUndone() {
        // Given
        RunId run = accepted(migration("unguarded", V1));
        PlanDigest plan = planner.planned(run).plan().digest();

        // When
        planner.say(PlannerFixture.passedIrreversible(run, "unguarded", plan));

        // Then
        assertThat(planner.released(run).backup()).isEqualTo(RunReleased.Backup.REQUIRED);
    }

    private PlanDigest pass(RunId run, String target, Verdict.Risk risk) {
        PlanDigest plan = planner.planned(run).plan().digest();
        planner.say(PlannerFixture.passed(run, target, plan, risk));
        return plan;
    }

    private Hold held(RunId run, Hold.Reason reason) {
        return planner.events
                .await(RunHeld.class, e -> e.runId().equals(run) && e.hold().reason() == reason)
                .hold();
    }
}
