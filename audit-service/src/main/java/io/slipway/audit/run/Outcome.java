package io.slipway.audit.run;

import io.slipway.contracts.event.RunCancelled;

/** What became of a run or a request. */
public enum Outcome {
    APPLIED,
    ROLLED_BACK,
    RESTORED,
    /** The target was there already. */
    NOT_NEEDED,
    DRY_RUN,
    /** Planning or validation found that it must not run; nothing was changed. */
    REFUSED,
    /** Something went wrong: the target, the backup, or the scripts themselves. */
    FAILED,
    /** Given up by someone, or too late to start. */
    CANCELLED,
    /** The request never became a run. */
    REJECTED;

    static Outcome of(RunCancelled.Cause cause) {
        return switch (cause) {
            case PLAN_REFUSED, VALIDATION_FAILED -> REFUSED;
            case TARGET_UNREACHABLE, BACKUP_FAILED -> FAILED;
            case REQUESTED, EXPIRED -> CANCELLED;
        };
    }
}
