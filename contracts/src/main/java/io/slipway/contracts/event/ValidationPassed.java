package io.slipway.contracts.event;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;

/** The plan may go on. */
public record ValidationPassed(RunId runId, TargetId target, PlanDigest plan, Verdict verdict) implements RunFact {
    public ValidationPassed {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("verdict", verdict);
    }
}
