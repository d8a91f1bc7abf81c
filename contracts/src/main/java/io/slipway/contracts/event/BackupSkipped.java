package io.slipway.contracts.event;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/**
 * The run goes on without a backup.
 *
 * @param why what allows that
 */
public record BackupSkipped(RunId runId, TargetId target, PlanDigest plan, String why) implements RunFact {
    public BackupSkipped {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("why", why);
    }
}
