package io.slipway.contracts.event;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/** The end of a run that never began to execute. */
public record RunCancelled(RunId runId, TargetId target, Cause cause, Failure failure) implements RunEnded {
    public RunCancelled {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("cause", cause);
        Required.present("failure", failure);
    }

    /** What stopped it. */
    public enum Cause {
        /** The request cannot be planned: scripts and history do not fit. */
        PLAN_REFUSED,
        /** The target did not answer, or refused the connection. */
        TARGET_UNREACHABLE,
        VALIDATION_FAILED,
        BACKUP_FAILED,
        /** Someone asked for it. */
        REQUESTED,
        /** It could not start in time. */
        EXPIRED
    }
}
