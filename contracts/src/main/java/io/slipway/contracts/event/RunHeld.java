package io.slipway.contracts.event;

import io.slipway.contracts.Hold;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import org.jspecify.annotations.Nullable;

/**
 * The run waits.
 *
 * @param plan absent while the run is not planned yet
 */
public record RunHeld(
        RunId runId, TargetId target, @Nullable PlanDigest plan, Hold hold) implements RunFact {
    public RunHeld {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("hold", hold);
    }
}
