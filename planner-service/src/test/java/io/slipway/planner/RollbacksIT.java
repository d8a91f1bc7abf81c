package io.slipway.planner;

import static io.restassured.RestAssured.given;
import static io.slipway.planner.PlannerFixture.accepted;
import static io.slipway.planner.PlannerFixture.approval;
import static io.slipway.planner.PlannerFixture.awaitState;
import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.flyway;
import static io.slipway.planner.PlannerFixture.migration;
import static io.slipway.planner.PlannerFixture.post;
import static io.slipway.planner.PlannerFixture.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.DerivedUndo.Draft;
import io.slipway.contracts.DerivedUndo.Outcome;
import io.slipway.contracts.Hold;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.Rehearsal;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.ValidationPassed;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways back that nobody wrote, that nobody asked for, and from the middle of a script. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class RollbacksIT {
    private static final ScriptFile V1 = file("V1__customers.sql", "create table customer (id int primary key);");
    private static final ScriptFile U1 = file("U1__customers.sql", "drop table customer;");
    private static final ScriptFile V2 = file("V2__orders.sql", "create table orders (id int primary key);");
    private static final ScriptFile U2 = file("U2__orders.sql", "drop table orders;");
    private static final ScriptFile BROKEN_V2 =
            file("V2__orders.sql", "create index concurrently a on customer (id); select 1/0;");
    private static final String LOSS = "Lost with it: what is in customer by then.";

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
    void usesAnUndoScriptThatWasDerivedAndProvedOnceSomeoneElseHasApprovedIt() {
        // Given
        migrateWith(
                "derived",
                new Draft(
                        V1.name(),
                        new MigrationVersion("1"),
                        Outcome.PROVED,
                        null,
                        "drop table customer;",
                        List.of(LOSS)));

        // When
        RunId run = accepted(rollback("derived", "-1"));

        // Then
        Plan plan = planner.rollbackPlanned(run).plan();
        assertThat(plan.scripts()).singleElement().satisfies(script -> {
            assertThat(script.name()).isEqualTo("derived/U1__customers.sql");
            assertThat(script.sql()).isEqualTo("drop table customer;");
            assertThat(script.derived().script()).isEqualTo(V1.name());
            assertThat(script.derived().losses()).containsExactly(LOSS);
        });
        planner.pass(run, "derived", plan.digest());
        Hold hold = heldForApproval(run);
        assertThat(hold.detail()).contains(LOSS);
        assertThat(awaitState(run, "HELD").jsonPath().getString("plan.scripts[0].derived.script"))
                .isEqualTo(V1.name());
        post(approval("derived", run, plan.digest(), "ada")).then().statusCode(403);
        post(approval("derived", run, plan.digest(), "zoe")).then().statusCode(202);
        assertThat(planner.released(run).approvedBy()).containsExactly("zoe");
    }

    @Test
    void neverUsesADraftThatWasNotProvedAndSaysWhy() {
        // Given
        migrateWith(
                "unproved",
                new Draft(
                        V1.name(),
                        new MigrationVersion("1"),
                        Outcome.DIFFERS,
                        "a trigger stays",
                        "drop table customer;",
                        List.of()));

        // When
        RunId run = accepted(rollback("unproved", "-1"));

        // Then
        RunCancelled cancelled = planner.cancelled(run);
        assertThat(cancelled.failure().code()).isEqualTo("NO_WAY_BACK");
        assertThat(cancelled.failure().message()).contains("a trigger stays");
        assertThat(cancelled.failure().remedy()).contains("U1__customers.sql");
    }

    @Test
    void goesBackFromTheMiddleOfAScriptWithoutATransaction() {
        // Given
        RunId run = accepted(
                migration("halfway", V1, BROKEN_V2, file("V2__orders.sql.conf", "executeInTransaction=false"), U2));
        Plan plan = planner.planned(run).plan();
        planner.pass(run, "halfway", plan.digest());
        planner.released(run);
        assertThatThrownBy(() ->
                        flyway("halfway", V1, BROKEN_V2, file("V2__orders.sql.conf", "executeInTransaction=false")))
                .isInstanceOf(FlywayException.class);
        planner.fail(run, "halfway", plan, 1, StateLeft.INTERRUPTED);
        awaitState(run, "FAILED");

        // When
        RunId back = accepted(rollback("halfway", "-1"));

        // Then
        RollbackPlanned planned = planner.rollbackPlanned(back);
        assertThat(planned.plan().scripts()).extracting(script -> script.name()).containsExactly(U2.name());
        assertThat(planned.plan().warnings()).singleElement().asString().contains("failed half-way");
        assertThat(planned.toVersion()).isEqualTo(new MigrationVersion("1"));
        post(PlannerFixture.cancellation("halfway", back)).then().statusCode(202);
        RunId before = accepted(rollback("halfway", "before:" + run, U1));
        assertThat(planner.rollbackPlanned(before).plan().scripts())
                .extracting(script -> script.name())
                .containsExactly(U2.name(), U1.name());
    }

    @Test
    void readsAnUndoScriptUnderTheSettingsThatCameWithThePlan() {
        // Given
        ScriptFile mixed = file("U1__customers.sql", "drop index concurrently if exists a; drop table customer;");
        RunId run = accepted(
                migration("undo-conf", V1, mixed, file("U1__customers.sql.conf", "executeInTransaction=false")));
        Plan plan = planner.planned(run).plan();
        planner.pass(run, "undo-conf", plan.digest());
        planner.released(run);
        planner.backUp(run, "undo-conf", plan.digest());
        planner.apply(run, "undo-conf", plan);
        awaitState(run, "APPLIED");

        // When
        RunId back = accepted(rollback("undo-conf", "-1"));

        // Then
        assertThat(planner.rollbackPlanned(back).plan().scripts())
                .singleElement()
                .satisfies(script -> {
                    assertThat(script.transactional()).isFalse();
                    assertThat(script.sqlConf()).isEqualTo("executeInTransaction=false");
                });
    }

    @Test
    void takesBackWhatFailedHalfWayBeforeAnythingElseAndWaitsForNobody() {
        // Given
        SteeredClock.set("2026-06-15T20:30:00Z");
        RunId run = accepted(migration("taken-back", V1, U1, V2));
        Plan plan = planner.planned(run).plan();
        planner.pass(run, "taken-back", plan.digest());
        heldForApproval(run);
        post(approval("taken-back", run, plan.digest(), "berta")).then().statusCode(202);
        planner.released(run);
        RunId waiting = accepted(migration("taken-back", V1, V2));
        flyway("taken-back", V1);
        SteeredClock.set("2026-06-16T12:00:00Z");

        // When
        planner.fail(run, "taken-back", plan, 1, StateLeft.PARTLY_APPLIED);
        planner.fail(run, "taken-back", plan, 1, StateLeft.PARTLY_APPLIED);

        // Then
        RunId back = takenBackBy(run);
        RollbackPlanned planned = planner.rollbackPlanned(back);
        assertThat(planned.cause()).isEqualTo(run);
        assertThat(planned.requestedBy()).isEqualTo("slipway");
        assertThat(planned.reason()).contains(run.toString()).contains("rollback-on-failure");
        assertThat(planned.plan().scripts()).extracting(script -> script.name()).containsExactly(U1.name());
        assertThat(awaitState(waiting, "QUEUED").jsonPath().getString("behind")).isEqualTo(back.toString());
        planner.pass(back, "taken-back", planned.plan().digest());
        RunReleased released = planner.released(back);
        assertThat(released.skipped()).containsExactly("approval", "window");
        planner.undone(back, "taken-back", planned.plan());
        awaitState(back, "ROLLED_BACK");
        planner.planned(waiting);
    }

    @Test
    void saysInTheRollbackThatWhatFailedHalfWayHasNoWayBack() {
        // Given
        RunId run = accepted(migration("left-half", V1, V2));
        Plan plan = planner.planned(run).plan();
        planner.pass(run, "left-half", plan.digest());
        planner.released(run);
        flyway("left-half", V1);

        // When
        planner.fail(run, "left-half", plan, 1, StateLeft.PARTLY_APPLIED);

        // Then
        assertThat(planner.cancelled(takenBackBy(run)).failure().code()).isEqualTo("NO_WAY_BACK");
        awaitState(run, "FAILED");
    }

    @Test
    void nobodyElseSendsRequestsInThePlannersName() throws Exception {
        // When
        var response = given().header("ce-type", "RollbackRequested")
                .header("ce-source", "/slipway/planner/rollback-on-failure")
                .header("Idempotency-Key", "rollback-of-" + RunId.random())
                .contentType("application/json")
                .body(EventJson.mapper().writeValueAsString(rollback("derived", "-1")))
                .post("/api/v1/requests");

        // Then
        response.then().statusCode(403);
    }

    private Hold heldForApproval(RunId run) {
        return planner.events
                .await(RunHeld.class, e -> e.runId().equals(run) && e.hold().reason() == Hold.Reason.APPROVAL)
                .hold();
    }

    private static RunId takenBackBy(RunId failed) {
        return RunId.ofRequest("/slipway/planner/rollback-on-failure", "rollback-of-" + failed);
    }

    private void migrateWith(String target, Draft draft) {
        RunId run = accepted(migration(target, V1));
        Plan plan = planner.planned(run).plan();
        planner.say(new ValidationPassed(run, new TargetId(target), plan.digest(), verdict(draft)));
        planner.released(run);
        planner.backUp(run, target, plan.digest());
        planner.apply(run, target, plan);
        awaitState(run, "APPLIED");
    }

    private static Verdict verdict(Draft draft) {
        Rehearsal rehearsal = new Rehearsal(
                Rehearsal.Outcome.CONFIRMED,
                null,
                1,
                1,
                List.of(),
                Rehearsal.WayBack.NONE,
                null,
                Duration.ZERO,
                null,
                new DerivedUndo(List.of(draft), null));
        return new Verdict(
                List.of(), List.of(), Verdict.Risk.LOW, null, Verdict.Reversibility.GREEN, 1, 0, List.of(), rehearsal);
    }
}
