package io.slipway.contracts.event;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a rollback that got back.
 *
 * @param toVersion the version that the target is at now, absent when nothing is left
 */
public record RollbackApplied(
        RunId runId,
        TargetId target,
        PlanDigest plan,
        @Nullable MigrationVersion toVersion,
        List<AppliedMigration> undone,
        Duration took)
        implements RunEnded {
    public RollbackApplied {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("took", took);
        undone = List.copyOf(undone);
    }
}
