package io.slipway.planner.intake;

import io.slipway.contracts.Failure;
import io.slipway.planner.scripts.ScriptBound;

/** Why a request becomes no run. */
public record Rejection(Reason reason, Failure failure) {
    /** Stable names; they are the codes of the failures as well. */
    public enum Reason {
        UNKNOWN_TARGET,
        TOO_LARGE,
        /** This version of Slipway cannot do that. */
        NOT_OFFERED,
        UNKNOWN_RUN,
        /** The run is over. */
        NOT_CANCELLABLE,
        /** The run waits for no approval. */
        NOT_AWAITED,
        /** The approval is of a plan that the run no longer has. */
        OTHER_PLAN,
        /** Nobody approves what they asked for. */
        OWN_REQUEST,
        /** Policy does not name this person. */
        NOT_ENTITLED,
        /** Its time was over when it came. */
        EXPIRED,
        /** Only the planner itself asks under this source. */
        RESERVED_SOURCE,
        /** As many runs wait for the target as policy allows. */
        QUEUE_FULL,
        /** Another request came under the same source and id. */
        KEY_CONFLICT
    }

    static Rejection of(Reason reason, String message, String remedy) {
        return new Rejection(reason, Failure.of(reason.name(), message, remedy));
    }

    static Rejection tooLarge(long bytes) {
        return new Rejection(Reason.valueOf(ScriptBound.CODE), ScriptBound.failure(bytes));
    }
}
