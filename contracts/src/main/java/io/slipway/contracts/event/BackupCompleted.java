package io.slipway.contracts.event;

import io.slipway.contracts.Backup;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/** The target is backed up and the backup was read back. */
public record BackupCompleted(RunId runId, TargetId target, PlanDigest plan, Backup backup) implements RunFact {
    public BackupCompleted {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("backup", backup);
    }
}
