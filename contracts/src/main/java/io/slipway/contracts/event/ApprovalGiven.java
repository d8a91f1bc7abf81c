package io.slipway.contracts.event;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/** Says that someone accepts a plan; it counts for this digest and no other. */
public record ApprovalGiven(TargetId target, RunId runId, PlanDigest plan, String requestedBy, String reason)
        implements Request {
    public ApprovalGiven {
        Required.present("target", target);
        Required.present("runId", runId);
        Required.present("plan", plan);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
    }
}
