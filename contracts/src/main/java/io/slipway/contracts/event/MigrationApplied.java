package io.slipway.contracts.event;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.util.List;

/** The end of a run that reached its target version. */
public record MigrationApplied(
        RunId runId, TargetId target, PlanDigest plan, List<AppliedMigration> migrations, Duration took)
        implements RunEnded {
    public MigrationApplied {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("took", took);
        migrations = List.copyOf(migrations);
    }
}
