package io.slipway.planner.run;

import io.slipway.contracts.PlanDigest;
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
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import org.jspecify.annotations.Nullable;

/** Reads off facts what their types do not say in common. */
final class Facts {
    private Facts() {}

    /** The plan that a fact is about, where it names one. */
    static @Nullable PlanDigest planOf(RunFact fact) {
        return switch (fact) {
            case MigrationPlanned e -> e.plan().digest();
            case RollbackPlanned e -> e.plan().digest();
            case ValidationPassed e -> e.plan();
            case ValidationFailed e -> e.plan();
            case RunHeld e -> e.plan();
            case RunReleased e -> e.plan();
            case StopOrdered e -> e.plan();
            case BackupCompleted e -> e.plan();
            case BackupSkipped e -> e.plan();
            case BackupFailed e -> e.plan();
            case MigrationStarted e -> e.plan();
            case MigrationProgressed e -> e.plan();
            case MigrationApplied e -> e.plan();
            case MigrationFailed e -> e.plan();
            case RollbackApplied e -> e.plan();
            case RollbackFailed e -> e.plan();
            case DryRunCompleted e -> e.plan();
            case MigrationNotNeeded e -> null;
            case RunCancelled e -> null;
            case RestoreCompleted e -> null;
            case RestoreFailed e -> null;
        };
    }
}
