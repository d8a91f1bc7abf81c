package io.slipway.planner;

import static io.slipway.planner.PlannerFixture.accepted;
import static io.slipway.planner.PlannerFixture.awaitState;
import static io.slipway.planner.PlannerFixture.cancellation;
import static io.slipway.planner.PlannerFixture.dryRun;
import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.flyway;
import static io.slipway.planner.PlannerFixture.migration;
import static io.slipway.planner.PlannerFixture.post;
import static io.slipway.planner.PlannerFixture.rollback;
import static io.slipway.planner.PlannerFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Finding;
import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunHeld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs from their request to their end; the test plays validator, backup and executor. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class WayOfARunIT {
    private static final ScriptFile V1 = file("V1__customers.sql", "create table customer (id int primary key);");
    private static final ScriptFile V2 = file("V2__orders.sql", "create table orders (id int primary key);");
    private static final ScriptFile U2 = file("U2__orders.sql", "drop table orders;");
    private static final PlanDigest OTHER_PLAN = new PlanDigest("sha256:" + "0".repeat(64));

    private PlannerFixture planner;

    @BeforeEach
    void open() {
        planner = new PlannerFixture();
    }

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void takesARequestOverHttpToItsEnd() {
        // Given
        ScriptFile view = file("R__names.sql", "create view names as select id from customer;");
        ScriptFile index = file("V3__index.sql", "create index concurrently customer_id on customer (id);");

        // When
        RunId run = accepted(migration("shop", view, index, U2, V2, V1));

        // Then: planned in Flyway's order, with the way back and the transactions of each
        MigrationPlanned planned = planner.planned(run);
        Plan plan = planned.plan();
        assertThat(plan.intact()).isTrue();
        assertThat(plan.scripts())
                .extracting(PlannedScript::name)
                .containsExactly("V1__customers.sql", "V2__orders.sql", "V3__index.sql", "R__names.sql");
        assertThat(plan.scripts()).extracting(PlannedScript::transactional).containsExactly(true, true, false, true);
        assertThat(plan.scripts().get(1).undo()).isEqualTo(U2);
        assertThat(plan.scripts())
                .allSatisfy(script -> assertThat(script.checksum()).isNotNull());
        assertThat(planned.changeReference()).isEqualTo("CHG-1");
        assertThat(awaitState(run, "VALIDATING").jsonPath().getList("plan.scripts.name"))
                .hasSize(4);

        // And: a verdict on another plan changes nothing, the right one releases
        planner.pass(run, "shop", OTHER_PLAN);
        planner.pass(run, "shop", plan.digest());
        assertThat(planner.released(run).plan()).isEqualTo(plan.digest());
        assertThat(awaitState(run, "RELEASED").jsonPath().getString("verdict.risk"))
                .isEqualTo("LOW");

        planner.backUp(run, "shop", plan.digest());
        assertThat(awaitState(run, "BACKED_UP").jsonPath().getString("backup.location"))
                .isEqualTo("file:///b.dump");
        planner.start(run, "shop", plan.digest(), 4);
        awaitState(run, "RUNNING");
        planner.apply(run, "shop", plan);
        var end = awaitState(run, "APPLIED").jsonPath();
        assertThat(end.getString("end.type")).isEqualTo("MigrationApplied");
        assertThat(end.getInt("percent")).isEqualTo(100);

        // And: what came over HTTP is on the topic of requests, and became no second run
        assertThat(planner.events.await(Topics.REQUESTS, r -> RunId.ofRequest(
                                r.envelope().source(), r.envelope().id())
                        .equals(run)))
                .isNotNull();
    }

    @Test
    void takesARequestOverKafkaOnce() {
        // Given
        MigrationRequested request = migration("kafka", V1);
        Envelope envelope = planner.events.envelope(request);

        // When
        planner.events.publish(Topics.REQUESTS, envelope, request);
        planner.events.publish(Topics.REQUESTS, envelope, request);

        // Then
        RunId run = RunId.ofRequest(envelope.source(), envelope.id());
        assertThat(planner.planned(run).requestId()).isEqualTo(envelope.id());
        RunId marker = accepted(migration("kafka", V1));
        planner.events.await(RunHeld.class, held -> held.runId().equals(marker));
        assertThat(planner.events
                        .on(Topics.EVENTS)
                        .filter(r -> r.event() instanceof MigrationPlanned e
                                && e.target().name().equals("kafka")))
                .hasSize(1);
    }

    @Test
    void letsOneRunOfATargetGoAtATime() {
        // Given
        RunId first = accepted(migration("turn", V1));
        RunId second = accepted(migration("turn", V1, V2));
        RunId third = accepted(migration("turn", V1, V2));

        // When
        Hold hold = planner.events
                .await(RunHeld.class, held -> held.runId().equals(second))
                .hold();

        // Then
        assertThat(hold.reason()).isEqualTo(Hold.Reason.TURN);
        assertThat(hold.behind()).isEqualTo(first);
        var waiting = run(third, 0).jsonPath();
        assertThat(waiting.getString("state")).isEqualTo("QUEUED");
        assertThat(waiting.getString("behind")).isEqualTo(second.toString());

        // When: the first fails, the second is given up while it waits for its verdict
        Plan plan = planner.planned(first).plan();
        planner.pass(first, "turn", plan.digest());
        planner.released(first);
        planner.say(new MigrationFailed(
                first,
                new TargetId("turn"),
                plan.digest(),
                List.of(),
                Failure.of("SQL", "No.", "Look."),
                StateLeft.UNCHANGED,
                Duration.ZERO));

        // Then: the others follow in their order
        planner.planned(second);
        assertThat(run(third, 0).jsonPath().getString("state")).isEqualTo("QUEUED");
        post(cancellation("turn", second)).then().statusCode(202);
        assertThat(planner.cancelled(second).cause()).isEqualTo(Cause.REQUESTED);
        assertThat(planner.planned(third).plan().scripts()).hasSize(2);
    }

    @Test
    void endsADryRunWithWhatWouldRun() {
        // When
        RunId passing = accepted(dryRun("dry", V1, V2));
        planner.pass(passing, "dry", planner.planned(passing).plan().digest());
        DryRunCompleted passed =
                planner.events.await(DryRunCompleted.class, e -> e.runId().equals(passing));
        RunId failing = accepted(dryRun("dry", V1));
        planner.refuse(failing, "dry", planner.planned(failing).plan().digest(), refusal());
        DryRunCompleted failed =
                planner.events.await(DryRunCompleted.class, e -> e.runId().equals(failing));

        // Then
        assertThat(passed.wouldPass()).isTrue();
        assertThat(passed.scripts()).containsExactly("V1__customers.sql", "V2__orders.sql");
        assertThat(passed.sql()).containsExactly(V1, V2);
        assertThat(failed.wouldPass()).isFalse();
        assertThat(awaitState(failing, "DRY_RUN_COMPLETED").jsonPath().getString("verdict.findings[0].ruleId"))
                .isEqualTo("drop-table");
    }

    @Test
    void givesARefusedPlanUpAndSaysWhy() {
        // Given
        RunId run = accepted(migration("repeat", V1));

        // When
        planner.refuse(run, "repeat", planner.planned(run).plan().digest(), refusal());

        // Then
        assertThat(planner.cancelled(run).cause()).isEqualTo(Cause.VALIDATION_FAILED);
        assertThat(planner.cancelled(run).failure().message()).contains("drop-table", "Everything is lost");
        assertThat(awaitState(run, "CANCELLED").jsonPath().getString("end.cause"))
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void plansTheSameInputsToTheSameBytes() {
        // When
        RunId one = accepted(dryRun("repeat", V2, V1));
        Plan first = planner.planned(one).plan();
        post(cancellation("repeat", one)).then().statusCode(202);
        RunId other = accepted(dryRun("repeat", V1, V2));
        Plan second = planner.planned(other).plan();
        post(cancellation("repeat", other)).then().statusCode(202);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void takesOverADatabaseThatPlainFlywayHasMigratedHalfWay() {
        // Given
        flyway("half", V1);

        // When
        RunId run = accepted(migration("half", V1, V2));

        // Then
        Plan plan = planner.planned(run).plan();
        assertThat(plan.scripts()).extracting(PlannedScript::name).containsExactly("V2__orders.sql");
        assertThat(plan.state().currentVersion().value()).isEqualTo("1");
    }

    @Test
    void endsAtOnceWhereNothingIsPending() {
        // Given
        flyway("current", V1, V2);

        // When
        RunId run = accepted(migration("current", V1, V2));

        // Then
        assertThat(planner.events
                        .await(MigrationNotNeeded.class, e -> e.runId().equals(run))
                        .currentVersion()
                        .value())
                .isEqualTo("2");
        assertThat(awaitState(run, "NOT_NEEDED").jsonPath().getString("end.type"))
                .isEqualTo("MigrationNotNeeded");
    }

    @Test
    void plansARollbackFromTheUndoScriptsOfEarlierPlans() {
        // Given
        planner.migrate("back", V1, V2, U2);

        // When
        RunId run = accepted(rollback("back", "-1"));

        // Then
        RollbackPlanned planned =
                planner.events.await(RollbackPlanned.class, e -> e.runId().equals(run));
        assertThat(planned.toVersion().value()).isEqualTo("1");
        assertThat(planned.plan().scripts()).singleElement().satisfies(script -> {
            assertThat(script.kind()).isEqualTo(PlannedScript.Kind.UNDO);
            assertThat(script.version().value()).isEqualTo("2");
            assertThat(script.sql()).isEqualTo(U2.content());
            assertThat(script.transactional()).isTrue();
            assertThat(script.checksum()).isNotNull();
        });
        post(cancellation("back", run)).then().statusCode(202);

        // When: further back than there is a way
        RunId further = accepted(rollback("back", "-2"));

        // Then
        assertThat(planner.cancelled(further).failure()).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("NO_WAY_BACK");
            assertThat(failure.message()).contains("version 1").contains("V1__customers.sql");
            assertThat(failure.remedy()).contains("U1__customers.sql").contains("backup");
        });

        // When: the request brings the script that is missing
        RunId complete = accepted(rollback("back", "-2", file("U1__customers.sql", "drop table customer;")));

        // Then
        RollbackPlanned all =
                planner.events.await(RollbackPlanned.class, e -> e.runId().equals(complete));
        assertThat(all.toVersion()).isNull();
        assertThat(all.plan().scripts())
                .extracting(PlannedScript::name)
                .containsExactly("U2__orders.sql", "U1__customers.sql");

        // When: what is undone has no way back any more
        planner.pass(complete, "back", all.plan().digest());
        planner.released(complete);
        planner.undone(complete, "back", all.plan());
        awaitState(complete, "ROLLED_BACK");
        RunId again = accepted(rollback("back", "-1"));

        // Then
        assertThat(planner.cancelled(again).failure().code()).isEqualTo("NO_WAY_BACK");
    }

    @Test
    void cancelsARunThatIsNotReleased() {
        // Given
        RunId run = accepted(migration("cancel", V1));
        Plan plan = planner.planned(run).plan();

        // When
        post(cancellation("cancel", run)).then().statusCode(202);

        // Then
        assertThat(planner.cancelled(run).failure().message()).contains("bob").contains("not today");
        planner.pass(run, "cancel", plan.digest());
        post(cancellation("cancel", run)).then().statusCode(409);
        post(cancellation("cancel", RunId.random())).then().statusCode(404);
        assertThat(ends(run)).hasSize(1);
    }

    @Test
    void plansAnewWhenTheTargetMovedBeforeTheRelease() {
        // Given
        RunId run = accepted(migration("moving", V1, V2));
        Plan stale = planner.planned(run).plan();
        flyway("moving", V1);

        // When
        planner.pass(run, "moving", stale.digest());

        // Then
        MigrationPlanned anew = planner.events.await(
                MigrationPlanned.class,
                e -> e.runId().equals(run) && !e.plan().digest().equals(stale.digest()));
        assertThat(anew.plan().scripts()).hasSize(1);
        planner.pass(run, "moving", anew.plan().digest());
        assertThat(planner.released(run).plan()).isEqualTo(anew.plan().digest());
    }

    private List<RunEnded> ends(RunId run) {
        return planner.events
                .on(Topics.EVENTS)
                .map(received -> received.event())
                .filter(RunEnded.class::isInstance)
                .map(RunEnded.class::cast)
                .filter(end -> end.runId().equals(run))
                .toList();
    }

    private static Verdict refusal() {
        return new Verdict(
                List.of(new Finding(
                        "drop-table",
                        Finding.Severity.ERROR,
                        "V1__customers.sql",
                        1,
                        1,
                        "Everything is lost.",
                        null,
                        null)),
                List.of(),
                Verdict.Risk.CRITICAL,
                null,
                Verdict.Reversibility.RED,
                1,
                0,
                List.of(),
                null);
    }
}
