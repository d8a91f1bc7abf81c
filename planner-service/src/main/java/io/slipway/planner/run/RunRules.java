package io.slipway.planner.run;

import static io.slipway.planner.run.Decision.Work.CLEAR;
import static io.slipway.planner.run.Decision.Work.NONE;
import static io.slipway.planner.run.Decision.Work.PLAN;
import static io.slipway.planner.run.Decision.advanced;
import static io.slipway.planner.run.Decision.ignored;
import static io.slipway.planner.run.Decision.unexpected;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Finding;
import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.planner.gate.Gate;
import io.slipway.planner.run.Decision.Ignored;
import io.slipway.planner.run.Run.AtGate;
import io.slipway.planner.run.Run.Ended;
import io.slipway.planner.run.Run.Held;
import io.slipway.planner.run.Run.Planning;
import io.slipway.planner.run.Run.Queued;
import io.slipway.planner.run.Run.UnderWay;
import io.slipway.planner.run.Run.Validating;
import io.slipway.planner.run.Run.Waiting;
import io.slipway.planner.run.Signal.CancelAsked;
import io.slipway.planner.run.Signal.Expired;
import io.slipway.planner.run.Signal.GateOpened;
import io.slipway.planner.run.Signal.Heard;
import io.slipway.planner.run.Signal.MustWait;
import io.slipway.planner.run.Signal.NothingPending;
import io.slipway.planner.run.Signal.PlanMade;
import io.slipway.planner.run.Signal.StillAsPlanned;
import io.slipway.planner.run.Signal.Stopped;
import io.slipway.planner.run.Signal.TargetMoved;
import io.slipway.planner.run.Signal.TurnCame;
import java.util.List;
import java.util.Objects;

/**
 * What follows from a signal in a state. What a state does not expect is late or repeated and has no consequence, since
 * Kafka may deliver anything twice and a revived task may speak after its time.
 */
final class RunRules {
    private RunRules() {}

    static Decision decide(Run run, Signal signal) {
        return switch (run) {
            case Queued queued -> queued(queued, signal);
            case Planning planning -> planning(planning, signal);
            case Validating validating -> validating(validating, signal);
            case AtGate atGate -> atGate(atGate, signal);
            case UnderWay underWay -> UnderWayRules.decide(underWay, signal);
            case Ended ended -> new Ignored("The run has ended as %s.".formatted(ended.state()), false);
        };
    }

    private static Decision queued(Queued run, Signal signal) {
        return switch (signal) {
            case TurnCame _ -> advanced(run.begin(), PLAN);
            case CancelAsked asked -> cancelled(run, asked);
            case Expired expired -> expired(run, expired);
            case PlanMade _,
                    NothingPending _,
                    Stopped _,
                    StillAsPlanned _,
                    MustWait _,
                    GateOpened _,
                    TargetMoved _,
                    Heard _ -> unexpected(run, signal);
        };
    }

    private static Decision planning(Planning run, Signal signal) {
        return switch (signal) {
            case PlanMade made when made.round() == run.round() -> planned(run, made);
            case NothingPending nothing
            when nothing.round() == run.round() ->
                advanced(
                        run.notNeeded(),
                        NONE,
                        new MigrationNotNeeded(run.ticket().id(), run.ticket().target(), nothing.current()));
            case Stopped stopped
            when stopped.round() == run.round() -> cancelled(run, stopped.cause(), stopped.failure());
            case CancelAsked asked -> cancelled(run, asked);
            case Expired expired -> expired(run, expired);
            case PlanMade _,
                    NothingPending _,
                    Stopped _,
                    TurnCame _,
                    StillAsPlanned _,
                    MustWait _,
                    GateOpened _,
                    TargetMoved _,
                    Heard _ -> unexpected(run, signal);
        };
    }

    private static Decision validating(Validating run, Signal signal) {
        return switch (signal) {
            case Heard(ValidationPassed passed)
            when passed.plan().equals(run.plan()) ->
                run.ticket().dryRun() ? dryRun(run, true) : advanced(run.pass(), CLEAR);
            case Heard(ValidationFailed failed)
            when failed.plan().equals(run.plan()) ->
                run.ticket().dryRun()
                        ? dryRun(run, false)
                        : cancelled(run, Cause.VALIDATION_FAILED, refused(failed.verdict()));
            case Heard(RunFact fact) -> ignored(run, run.plan(), fact);
            case CancelAsked asked -> cancelled(run, asked);
            case Expired expired -> expired(run, expired);
            case TurnCame _,
                    PlanMade _,
                    NothingPending _,
                    Stopped _,
                    StillAsPlanned _,
                    MustWait _,
                    GateOpened _,
                    TargetMoved _ -> unexpected(run, signal);
        };
    }

    private static Decision atGate(AtGate run, Signal signal) {
        Ticket ticket = run.ticket();
        return switch (signal) {
            case StillAsPlanned(int round, Gate.Open gate)
            when round == run.round() -> advanced(run.release(), NONE, released(run, gate));
            case MustWait(int round, Hold hold)
            when round == run.round() ->
                run instanceof Held held && sameHold(held.why(), hold)
                        ? advanced(run.hold(hold), NONE)
                        : advanced(run.hold(hold), NONE, new RunHeld(ticket.id(), ticket.target(), run.plan(), hold));
            case GateOpened(int round) when round == run.round() -> advanced(run, CLEAR);
            case TargetMoved moved
            when moved.round() == run.round() ->
                moved.mayPlanAgain()
                        ? advanced(run.planAnew(), PLAN)
                        : cancelled(run, Cause.PLAN_REFUSED, keepsMoving(run));
            case Stopped stopped
            when stopped.round() == run.round() -> cancelled(run, stopped.cause(), stopped.failure());
            case CancelAsked asked -> cancelled(run, asked);
            case Expired expired -> expired(run, expired);
            case Heard(RunFact fact) -> ignored(run, run.plan(), fact);
            case StillAsPlanned _,
                    MustWait _,
                    GateOpened _,
                    TargetMoved _,
                    Stopped _,
                    TurnCame _,
                    PlanMade _,
                    NothingPending _ -> unexpected(run, signal);
        };
    }

    private static RunReleased released(AtGate run, Gate.Open gate) {
        Ticket ticket = run.ticket();
        return new RunReleased(
                ticket.id(),
                ticket.target(),
                run.plan(),
                ticket.kind(),
                gate.skipped(),
                gate.approvedBy(),
                gate.backup());
    }

    /** The detail may count down; that alone is no news. */
    static boolean sameHold(Hold one, Hold other) {
        return one.reason() == other.reason()
                && Objects.equals(one.until(), other.until())
                && one.roles().equals(other.roles());
    }

    private static Decision expired(Waiting run, Expired expired) {
        Failure failure = Failure.of(
                "EXPIRED",
                "The run was not released by %s, as its request wanted.".formatted(expired.at()),
                "Look at what it waited for, and send a new request with a later 'expiresAt'.");
        return cancelled(run, Cause.EXPIRED, failure);
    }

    private static Decision planned(Planning run, PlanMade made) {
        Ticket ticket = run.ticket();
        RunFact fact =
                switch (ticket.kind()) {
                    case MIGRATION ->
                        new MigrationPlanned(
                                ticket.id(),
                                ticket.target(),
                                made.plan(),
                                ticket.requestId(),
                                ticket.dryRun(),
                                ticket.force(),
                                ticket.requestedBy(),
                                ticket.reason(),
                                ticket.changeReference(),
                                ticket.environment(),
                                made.estimate());
                    case ROLLBACK ->
                        new RollbackPlanned(
                                ticket.id(),
                                ticket.target(),
                                made.plan(),
                                made.toVersion(),
                                ticket.requestId(),
                                ticket.dryRun(),
                                ticket.force(),
                                ticket.requestedBy(),
                                ticket.reason(),
                                ticket.changeReference(),
                                ticket.environment(),
                                made.estimate(),
                                ticket.failedRun());
                };
        return advanced(run.planned(made.plan().digest(), scriptNames(made.plan())), NONE, fact);
    }

    private static Decision dryRun(Validating run, boolean wouldPass) {
        Ticket ticket = run.ticket();
        return advanced(
                run.dryRunCompleted(),
                NONE,
                new DryRunCompleted(ticket.id(), ticket.target(), run.plan(), run.scripts(), wouldPass));
    }

    private static Decision cancelled(Waiting run, CancelAsked asked) {
        Failure failure = Failure.of(
                "CANCELLED",
                "'%s' asked to give the run up: %s".formatted(asked.by(), asked.reason()),
                "Request it again when it is wanted again.");
        return cancelled(run, Cause.REQUESTED, failure);
    }

    private static Decision cancelled(Waiting run, Cause cause, Failure failure) {
        Ticket ticket = run.ticket();
        return advanced(run.giveUp(), NONE, new RunCancelled(ticket.id(), ticket.target(), cause, failure));
    }

    /** An error of the verdict is not what {@code force} passes over: it skips policy, never what would break. */
    private static Failure refused(Verdict verdict) {
        String first = verdict.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .map(finding -> "%s: %s".formatted(finding.ruleId(), finding.message()))
                .findFirst()
                .or(() -> verdict.checks().stream()
                        .filter(check -> check.critical() && !check.passed())
                        .map(check -> "%s: %s".formatted(check.name(), check.detail()))
                        .findFirst())
                .orElse("the verdict names no reason");
        return Failure.of(
                "VALIDATION_FAILED",
                "The validator refuses the plan; first of all, " + first,
                "Look at the findings of the run, change the scripts, and send a new request; 'force' does not pass over errors.");
    }

    private static Failure keepsMoving(AtGate run) {
        return Failure.of(
                "TARGET_KEEPS_CHANGING",
                "The migrations of target '%s' were changed by someone else each of the %d times that it was planned."
                        .formatted(run.ticket().target(), run.round()),
                "Find out who else migrates this database, let them finish, and send a new request.");
    }

    private static List<String> scriptNames(Plan plan) {
        return plan.scripts().stream().map(PlannedScript::name).toList();
    }
}
