package io.slipway.contracts.event;

import io.slipway.contracts.Failure;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/** There is no backup, so the run does not go on. */
public record BackupFailed(RunId runId, TargetId target, PlanDigest plan, Failure failure) implements RunFact {
    public BackupFailed {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("failure", failure);
    }
}
