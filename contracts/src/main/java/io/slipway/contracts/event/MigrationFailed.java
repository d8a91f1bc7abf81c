package io.slipway.contracts.event;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Failure;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.util.List;

/**
 * The end of a run that did not get there.
 *
 * @param applied what is applied and stays
 */
public record MigrationFailed(
        RunId runId,
        TargetId target,
        PlanDigest plan,
        List<AppliedMigration> applied,
        Failure failure,
        StateLeft stateLeft,
        Duration took)
        implements RunEnded {
    public MigrationFailed {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("failure", failure);
        Required.present("stateLeft", stateLeft);
        Required.present("took", took);
        applied = List.copyOf(applied);
    }
}
