package io.slipway.planner.run;

import static io.slipway.planner.run.Decision.Work.NONE;
import static io.slipway.planner.run.Decision.advanced;
import static io.slipway.planner.run.Decision.ignored;
import static io.slipway.planner.run.Decision.unexpected;

import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RestoreCompleted;
import io.slipway.contracts.event.RestoreFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.planner.run.Run.BackedUp;
import io.slipway.planner.run.Run.Released;
import io.slipway.planner.run.Run.Running;
import io.slipway.planner.run.Run.UnderWay;
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

/** What follows from a signal once a run is released: another service acts on it, and it ends as that service says. */
final class UnderWayRules {
    private UnderWayRules() {}

    static Decision decide(UnderWay run, Signal signal) {
        return switch (signal) {
            case Heard(RunFact fact) when run.plan().equals(Facts.planOf(fact)) -> heard(run, fact);
            case Heard(RunFact fact) -> ignored(run, run.plan(), fact);
            case CancelAsked asked -> advanced(run, NONE, stop(run, asked));
            case TurnCame _,
                    PlanMade _,
                    NothingPending _,
                    Stopped _,
                    StillAsPlanned _,
                    MustWait _,
                    GateOpened _,
                    Expired _,
                    TargetMoved _ -> unexpected(run, signal);
        };
    }

    private static Decision heard(UnderWay run, RunFact fact) {
        return switch (fact) {
            case BackupCompleted _, BackupSkipped _ ->
                run instanceof Released released ? advanced(released.backedUp(), NONE) : ignored(run, run.plan(), fact);
            case BackupFailed failed ->
                run instanceof Released
                        ? advanced(
                                run.end(RunState.CANCELLED),
                                NONE,
                                new RunCancelled(
                                        failed.runId(), failed.target(), Cause.BACKUP_FAILED, failed.failure()))
                        : ignored(run, run.plan(), fact);
            case MigrationStarted _ ->
                switch (run) {
                    case Released released -> advanced(released.start(), NONE);
                    case BackedUp backedUp -> advanced(backedUp.start(), NONE);
                    case Running running -> ignored(running, running.plan(), fact);
                };
            case MigrationProgressed _ -> run instanceof Running ? advanced(run, NONE) : ignored(run, run.plan(), fact);
            case MigrationApplied _ -> advanced(run.end(RunState.APPLIED), NONE);
            case RollbackApplied _ -> advanced(run.end(RunState.ROLLED_BACK), NONE);
            case MigrationFailed _, RollbackFailed _ -> advanced(run.end(RunState.FAILED), NONE);
            case MigrationPlanned _,
                    RollbackPlanned _,
                    ValidationPassed _,
                    ValidationFailed _,
                    RunHeld _,
                    RunReleased _,
                    StopOrdered _,
                    DryRunCompleted _,
                    MigrationNotNeeded _,
                    RunCancelled _,
                    RestoreCompleted _,
                    RestoreFailed _ -> ignored(run, run.plan(), fact);
        };
    }

    /** The executor ends the run at its next safe point; a run that it has finished by then has ended as it did. */
    private static StopOrdered stop(UnderWay run, CancelAsked asked) {
        return new StopOrdered(
                run.ticket().id(), run.ticket().target(), run.plan(), asked.by(), asked.reason(), asked.now());
    }
}
