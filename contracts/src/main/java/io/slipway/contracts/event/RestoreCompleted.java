package io.slipway.contracts.event;

import io.slipway.contracts.Backup;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Duration;

/** The end of a restore that brought the backup back. */
public record RestoreCompleted(RunId runId, TargetId target, Backup backup, Duration took) implements RunEnded {
    public RestoreCompleted {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("backup", backup);
        Required.present("took", took);
    }
}
