package io.slipway.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/**
 * Asks to give a run up.
 *
 * @param now whether a statement that is at work is cancelled as well; without it the run ends at its next safe point
 */
public record CancellationRequested(
        TargetId target,
        RunId runId,
        String requestedBy,
        String reason,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean now)
        implements Request {
    public CancellationRequested {
        Required.present("target", target);
        Required.present("runId", runId);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
    }

    /** At the next safe point. */
    public CancellationRequested(TargetId target, RunId runId, String requestedBy, String reason) {
        this(target, runId, requestedBy, reason, false);
    }
}
