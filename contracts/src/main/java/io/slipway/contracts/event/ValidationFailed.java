package io.slipway.contracts.event;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;

/** The plan is refused; the verdict says by what. */
public record ValidationFailed(RunId runId, TargetId target, PlanDigest plan, Verdict verdict) implements RunFact {
    public ValidationFailed {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("verdict", verdict);
    }
}
