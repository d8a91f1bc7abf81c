package io.slipway.contracts.event;

import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/**
 * The executor has begun.
 *
 * @param scripts how many scripts it will run
 */
public record MigrationStarted(RunId runId, TargetId target, PlanDigest plan, Plan.Kind kind, int scripts)
        implements RunFact {
    public MigrationStarted {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("kind", kind);
    }
}
