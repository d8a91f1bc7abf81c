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
 * The end of a rollback that stopped on its way.
 *
 * @param undone what is undone and stays so
 */
public record RollbackFailed(
        RunId runId,
        TargetId target,
        PlanDigest plan,
        List<AppliedMigration> undone,
        Failure failure,
        StateLeft stateLeft,
        Duration took)
        implements RunEnded {
    public RollbackFailed {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("failure", failure);
        Required.present("stateLeft", stateLeft);
        Required.present("took", took);
        undone = List.copyOf(undone);
    }
}
