package io.slipway.planner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Backup;
import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Hold;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RestoreFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.planner.gate.Gate;
import io.slipway.planner.run.Decision.Advanced;
import io.slipway.planner.run.Decision.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunRulesTest {
    private static final RunId ID = RunId.random();
    private static final TargetId TARGET = new TargetId("shop");
    private static final Plan PLAN = plan("create table a ();");
    private static final PlanDigest DIGEST = PLAN.digest();
    private static final PlanDigest OTHER = plan("create table b ();").digest();
    private static final Failure FAILURE = Failure.of("WHY", "It was so.", "Do this.");
    private static final Verdict VERDICT = new Verdict(
            List.of(), List.of(), Verdict.Risk.LOW, null, Verdict.Reversibility.GREEN, 1, 0, List.of(), null);

    private static final Hold HOLD = new Hold(Hold.Reason.APPROVAL, "Ask berta.", null, null, List.of("dba"));
    private static final Hold WINDOW = new Hold(Hold.Reason.WINDOW, "At night.", null, Instant.EPOCH);
    private static final Gate.Open OPEN =
            new Gate.Open(List.of("window"), List.of("berta"), RunReleased.Backup.REQUIRED);

    /** Everything that may be said, by name; the round of every signal is 1. */
    private static final Map<String, Signal> SIGNALS = new LinkedHashMap<>();

    /** Every state, by name. */
    private static final Map<String, Run> STATES = new LinkedHashMap<>();

    /** What goes on; every other pair is ignored. Published facts follow the arrow's end. */
    private static final Map<String, String> MOVES = new LinkedHashMap<>();

    static {
        STATES.put("Queued", new Run.Queued(ticket(false)));
        STATES.put("Planning", new Run.Planning(ticket(false), 1));
        STATES.put("Validating", new Run.Validating(ticket(false), 1, DIGEST, List.of("V1__a.sql")));
        STATES.put("ValidatingDry", new Run.Validating(ticket(true), 1, DIGEST, List.of("V1__a.sql")));
        STATES.put("Clearing", new Run.Clearing(ticket(false), 1, DIGEST));
        STATES.put("Held", new Run.Held(ticket(false), 1, DIGEST, HOLD));
        STATES.put("Released", new Run.Released(ticket(false), DIGEST));
        STATES.put("BackedUp", new Run.BackedUp(ticket(false), DIGEST));
        STATES.put("Running", new Run.Running(ticket(false), DIGEST));
        for (RunState state : RunState.values()) {
            if (state.ended()) {
                STATES.put(state.name(), new Run.Ended(ticket(false), state));
            }
        }

        SIGNALS.put("TurnCame", new Signal.TurnCame());
        SIGNALS.put("PlanMade", new Signal.PlanMade(1, PLAN, null, null));
        SIGNALS.put("PlanMadeLate", new Signal.PlanMade(0, PLAN, null, null));
        SIGNALS.put("NothingPending", new Signal.NothingPending(1, new MigrationVersion("3")));
        SIGNALS.put("Stopped", new Signal.Stopped(1, Cause.TARGET_UNREACHABLE, FAILURE));
        SIGNALS.put("StoppedLate", new Signal.Stopped(0, Cause.TARGET_UNREACHABLE, FAILURE));
        SIGNALS.put("StillAsPlanned", new Signal.StillAsPlanned(1, OPEN));
        SIGNALS.put("StillAsPlannedLate", new Signal.StillAsPlanned(0, OPEN));
        SIGNALS.put("MustWait", new Signal.MustWait(1, HOLD));
        SIGNALS.put("MustWaitForAnother", new Signal.MustWait(1, WINDOW));
        SIGNALS.put("MustWaitLate", new Signal.MustWait(0, HOLD));
        SIGNALS.put("GateOpened", new Signal.GateOpened(1));
        SIGNALS.put("GateOpenedLate", new Signal.GateOpened(0));
        SIGNALS.put("Expired", new Signal.Expired(Instant.EPOCH));
        SIGNALS.put("TargetMoved", new Signal.TargetMoved(1, true));
        SIGNALS.put("TargetMovedTooOften", new Signal.TargetMoved(1, false));
        SIGNALS.put("CancelAsked", new Signal.CancelAsked("ada", "not today", true));
        for (RunFact fact : facts(DIGEST)) {
            SIGNALS.put(fact.getClass().getSimpleName(), new Signal.Heard(fact));
        }
        for (RunFact fact : facts(OTHER)) {
            SIGNALS.put(fact.getClass().getSimpleName() + "OfOtherPlan", new Signal.Heard(fact));
        }
        SIGNALS.put("MigrationNotNeeded", new Signal.Heard(new MigrationNotNeeded(ID, TARGET, null)));
        SIGNALS.put("RunCancelled", new Signal.Heard(new RunCancelled(ID, TARGET, Cause.REQUESTED, FAILURE)));
        SIGNALS.put(
                "RestoreFailed",
                new Signal.Heard(new RestoreFailed(ID, TARGET, FAILURE, StateLeft.UNCHANGED, Duration.ZERO)));

        move("Queued", "TurnCame", "Planning PLAN");
        move("Planning", "PlanMade", "Validating NONE MigrationPlanned");
        move("Planning", "NothingPending", "NOT_NEEDED NONE MigrationNotNeeded");
        move("Planning", "Stopped", "CANCELLED NONE RunCancelled");
        move("Validating", "ValidationPassed", "Clearing CLEAR");
        move("Validating", "ValidationFailed", "CANCELLED NONE RunCancelled");
        move("ValidatingDry", "ValidationPassed", "DRY_RUN_COMPLETED NONE DryRunCompleted");
        move("ValidatingDry", "ValidationFailed", "DRY_RUN_COMPLETED NONE DryRunCompleted");
        for (String atGate : List.of("Clearing", "Held")) {
            move(atGate, "StillAsPlanned", "Released NONE RunReleased");
            move(atGate, "MustWaitForAnother", "Held NONE RunHeld");
            move(atGate, "GateOpened", atGate + " CLEAR");
            move(atGate, "TargetMoved", "Planning PLAN");
            move(atGate, "TargetMovedTooOften", "CANCELLED NONE RunCancelled");
            move(atGate, "Stopped", "CANCELLED NONE RunCancelled");
        }
        move("Clearing", "MustWait", "Held NONE RunHeld");
        move("Held", "MustWait", "Held NONE");
        for (String waiting : List.of("Queued", "Planning", "Validating", "ValidatingDry", "Clearing", "Held")) {
            move(waiting, "CancelAsked", "CANCELLED NONE RunCancelled");
            move(waiting, "Expired", "CANCELLED NONE RunCancelled");
        }
        move("Released", "BackupCompleted", "BackedUp NONE");
        move("Released", "BackupSkipped", "BackedUp NONE");
        move("Released", "BackupFailed", "CANCELLED NONE RunCancelled");
        move("Released", "MigrationStarted", "Running NONE");
        move("BackedUp", "MigrationStarted", "Running NONE");
        move("Running", "MigrationProgressed", "Running NONE");
        for (String underWay : List.of("Released", "BackedUp", "Running")) {
            move(underWay, "CancelAsked", underWay + " NONE StopOrdered");
            move(underWay, "MigrationApplied", "APPLIED NONE");
            move(underWay, "RollbackApplied", "ROLLED_BACK NONE");
            move(underWay, "MigrationFailed", "FAILED NONE");
            move(underWay, "RollbackFailed", "FAILED NONE");
        }
    }

    static Stream<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (String state : STATES.keySet()) {
            for (String signal : SIGNALS.keySet()) {
                pairs.add(Arguments.of(state, signal, MOVES.getOrDefault(state + " " + signal, "ignored")));
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @MethodSource("pairs")
    void decidesEveryPairOfStateAndSignal(String state, String signal, String expected) {
        // When
        Decision decision = RunRules.decide(STATES.get(state), SIGNALS.get(signal));

        // Then
        assertThat(describe(decision)).isEqualTo(expected);
    }

    @Test
    void theTableNamesOnlyStatesAndSignalsThatExist() {
        assertThat(MOVES.keySet()).allSatisfy(pair -> {
            assertThat(STATES).containsKey(pair.split(" ")[0]);
            assertThat(SIGNALS).containsKey(pair.split(" ")[1]);
        });
    }

    @Test
    void findsAVerdictOnAnotherPlanSuspicious() {
        // When
        Decision decision = RunRules.decide(STATES.get("Validating"), SIGNALS.get("ValidationPassedOfOtherPlan"));

        // Then
        assertThat(decision).isInstanceOfSatisfying(Ignored.class, ignored -> {
            assertThat(ignored.suspicious()).isTrue();
            assertThat(ignored.why()).contains(OTHER.value()).contains(DIGEST.value());
        });
    }

    @Test
    void releasesThePlanThatWasValidated() {
        // When
        Decision decision = RunRules.decide(STATES.get("Clearing"), SIGNALS.get("StillAsPlanned"));

        // Then
        assertThat(((Advanced) decision).facts())
                .containsExactly(new RunReleased(
                        ID,
                        TARGET,
                        DIGEST,
                        Plan.Kind.MIGRATION,
                        List.of("window"),
                        List.of("berta"),
                        RunReleased.Backup.REQUIRED));
    }

    @Test
    void tellsWhetherADryRunWouldPass() {
        // When
        Decision passed = RunRules.decide(STATES.get("ValidatingDry"), SIGNALS.get("ValidationPassed"));
        Decision failed = RunRules.decide(STATES.get("ValidatingDry"), SIGNALS.get("ValidationFailed"));

        // Then
        assertThat(((Advanced) passed).facts())
                .containsExactly(new DryRunCompleted(ID, TARGET, DIGEST, List.of("V1__a.sql"), true));
        assertThat(((Advanced) failed).facts())
                .containsExactly(new DryRunCompleted(ID, TARGET, DIGEST, List.of("V1__a.sql"), false));
    }

    @Test
    void countsTheRoundsOfPlanning() {
        // When
        Decision decision = RunRules.decide(STATES.get("Clearing"), SIGNALS.get("TargetMoved"));

        // Then
        assertThat(((Advanced) decision).next()).isEqualTo(new Run.Planning(ticket(false), 2));
    }

    @Test
    void everyStateSurvivesItsWayThroughTheDatabase() {
        assertThat(STATES.values()).allSatisfy(run -> {
            PlanDigest digest = run instanceof Run.Queued || run instanceof Run.Planning ? null : DIGEST;
            assertThat(StoredRun.run(
                            StoredRun.name(run),
                            run.ticket(),
                            StoredRun.round(run),
                            digest,
                            List.of("V1__a.sql"),
                            run instanceof Run.Held held ? held.why() : null))
                    .isEqualTo(run);
        });
    }

    private static String describe(Decision decision) {
        return switch (decision) {
            case Ignored _ -> "ignored";
            case Advanced(Run next, List<RunFact> facts, Decision.Work work) -> {
                String name = next instanceof Run.Ended ended
                        ? ended.state().name()
                        : next.getClass().getSimpleName();
                StringBuilder text = new StringBuilder(name).append(' ').append(work);
                facts.forEach(fact -> text.append(' ').append(fact.getClass().getSimpleName()));
                yield text.toString();
            }
        };
    }

    private static void move(String state, String signal, String expected) {
        MOVES.put(state + " " + signal, expected);
    }

    private static List<RunFact> facts(PlanDigest plan) {
        return List.of(
                new ValidationPassed(ID, TARGET, plan, VERDICT),
                new ValidationFailed(ID, TARGET, plan, VERDICT),
                new RunReleased(ID, TARGET, plan, Plan.Kind.MIGRATION, List.of()),
                new BackupCompleted(
                        ID, TARGET, plan, new Backup("file:///b", 1, "0".repeat(64), 1, "pg_dump 15", Duration.ZERO)),
                new BackupSkipped(ID, TARGET, plan, "nothing to lose"),
                new BackupFailed(ID, TARGET, plan, FAILURE),
                new MigrationStarted(ID, TARGET, plan, Plan.Kind.MIGRATION, 1),
                new MigrationProgressed(ID, TARGET, plan, "V1__a.sql", 1, 1, 1, Duration.ZERO),
                new MigrationApplied(ID, TARGET, plan, List.of(), Duration.ZERO),
                new MigrationFailed(ID, TARGET, plan, List.of(), FAILURE, StateLeft.UNCHANGED, Duration.ZERO),
                new RollbackApplied(ID, TARGET, plan, null, List.of(), Duration.ZERO),
                new RollbackFailed(ID, TARGET, plan, List.of(), FAILURE, StateLeft.UNCHANGED, Duration.ZERO),
                new StopOrdered(ID, TARGET, plan, "ada", "not today", true),
                new DryRunCompleted(ID, TARGET, plan, List.of(), true));
    }

    private static Plan plan(String sql) {
        return Plan.of(
                Plan.Kind.MIGRATION,
                FlywaySettings.DEFAULTS,
                List.of(new PlannedScript(
                        PlannedScript.Kind.VERSIONED,
                        new MigrationVersion("1"),
                        "a",
                        "V1__a.sql",
                        1,
                        true,
                        sql,
                        null,
                        null)),
                new TargetState("15.15", "shop", "1", null, "sha256:0", 0));
    }

    private static Ticket ticket(boolean dryRun) {
        return new Ticket(
                ID,
                TARGET,
                Plan.Kind.MIGRATION,
                "r-1",
                "/test",
                dryRun,
                false,
                "ada",
                "because",
                null,
                null,
                null,
                null);
    }
}
