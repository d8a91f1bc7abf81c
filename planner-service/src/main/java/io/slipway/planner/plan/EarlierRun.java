package io.slipway.planner.plan;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.TargetId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run has left behind on its target.
 *
 * @param applied in order; empty for a rollback, and for a run that changed nothing
 * @param interrupted the script that stopped in its middle, if one did
 * @param undoneSince versions that later runs took back
 */
record EarlierRun(
        TargetId target,
        boolean ended,
        List<AppliedMigration> applied,
        @Nullable String interrupted,
        List<MigrationVersion> undoneSince) {
    EarlierRun {
        applied = List.copyOf(applied);
        undoneSince = List.copyOf(undoneSince);
    }
}
