package io.slipway.planner.plan;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.TargetId;
import java.util.List;

/**
 * What a run has left behind on its target.
 *
 * @param applied in order; empty for a rollback, and for a run that changed nothing
 * @param undoneSince versions that later runs took back
 */
record EarlierRun(TargetId target, boolean ended, List<AppliedMigration> applied, List<MigrationVersion> undoneSince) {
    EarlierRun {
        applied = List.copyOf(applied);
        undoneSince = List.copyOf(undoneSince);
    }
}
