package io.slipway.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/**
 * The run is to end at its next safe point, since someone asked to give it up after its release.
 *
 * @param now whether to cancel the statement that is at work as well
 */
public record StopOrdered(
        RunId runId,
        TargetId target,
        PlanDigest plan,
        String requestedBy,
        String reason,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean now)
        implements RunFact {
    public StopOrdered {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
    }

    /** At the next safe point. */
    public StopOrdered(RunId runId, TargetId target, PlanDigest plan, String requestedBy, String reason) {
        this(runId, target, plan, requestedBy, reason, false);
    }
}
