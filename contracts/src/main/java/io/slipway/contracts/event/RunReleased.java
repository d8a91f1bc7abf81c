package io.slipway.contracts.event;

import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.util.List;

/**
 * The run may go now.
 *
 * @param kind which way it goes
 * @param skipped what {@code force} passed over, by name
 */
public record RunReleased(RunId runId, TargetId target, PlanDigest plan, Plan.Kind kind, List<String> skipped)
        implements RunFact {
    public RunReleased {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("kind", kind);
        skipped = List.copyOf(skipped);
    }
}
