package io.slipway.contracts.event;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.util.List;

/**
 * The end of a dry run: planned and validated, nothing changed.
 *
 * @param scripts the names of the scripts that would run, in order; their text is in the plan
 * @param wouldPass whether the validator lets it pass
 */
public record DryRunCompleted(RunId runId, TargetId target, PlanDigest plan, List<String> scripts, boolean wouldPass)
        implements RunEnded {
    public DryRunCompleted {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        scripts = List.copyOf(scripts);
    }
}
