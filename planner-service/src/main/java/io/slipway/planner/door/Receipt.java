package io.slipway.planner.door;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.planner.run.RunState;
import java.util.Map;

/**
 * The answer to a request that was taken.
 *
 * @param links {@code self}: the run; {@code wait}: the same, waiting for a change; {@code events}: each change as it happens
 */
public record Receipt(RunId runId, String requestId, TargetId target, RunState state, Map<String, String> links) {
    public Receipt {
        links = Map.copyOf(links);
    }

    static String path(RunId run) {
        return "/api/v1/runs/" + run;
    }

    static Receipt of(RunId run, String requestId, TargetId target, RunState state) {
        return new Receipt(
                run,
                requestId,
                target,
                state,
                Map.of("self", path(run), "wait", path(run) + "?wait=30s", "events", path(run) + "/events"));
    }
}
