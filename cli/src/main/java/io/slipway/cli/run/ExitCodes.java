package io.slipway.cli.run;

import io.slipway.cli.ExitCode;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.RestoreCompleted;
import io.slipway.contracts.event.RestoreFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunEnded;

/** Which exit code a run, as far as it is known, gives. */
final class ExitCodes {
    private ExitCodes() {}

    static ExitCode of(RunEnded end) {
        return switch (end) {
            case MigrationApplied _, MigrationNotNeeded _, RollbackApplied _, RestoreCompleted _ -> ExitCode.OK;
            case DryRunCompleted dryRun -> dryRun.wouldPass() ? ExitCode.OK : ExitCode.VALIDATION_FAILED;
            case MigrationFailed failed -> of(failed.stateLeft());
            case RollbackFailed failed -> of(failed.stateLeft());
            case RestoreFailed failed -> of(failed.stateLeft());
            case RunCancelled cancelled ->
                switch (cancelled.cause()) {
                    case VALIDATION_FAILED -> ExitCode.VALIDATION_FAILED;
                    case PLAN_REFUSED, TARGET_UNREACHABLE, BACKUP_FAILED, REQUESTED, EXPIRED -> ExitCode.REFUSED;
                };
        };
    }

    /**
     * The code for a run that nobody waits for any longer.
     *
     * @param otherwise when it is not held for an approval or a window
     */
    static ExitCode ofUnended(RunView run, ExitCode otherwise) {
        return switch (run.heldFor()) {
            case "APPROVAL" -> ExitCode.AWAITING_APPROVAL;
            case "WINDOW" -> ExitCode.OUTSIDE_WINDOW;
            default -> otherwise;
        };
    }

    private static ExitCode of(StateLeft left) {
        return switch (left) {
            case UNCHANGED -> ExitCode.FAILED_UNCHANGED;
            case PARTLY_APPLIED, INTERRUPTED, UNKNOWN -> ExitCode.FAILED_CHANGED;
        };
    }
}
