package io.slipway.contracts.event;

import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/** Asks to give a run up. */
public record CancellationRequested(TargetId target, RunId runId, String requestedBy, String reason)
        implements Request {
    public CancellationRequested {
        Required.present("target", target);
        Required.present("runId", runId);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
    }
}
