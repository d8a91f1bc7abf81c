package io.slipway.validator.plan;

import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import org.jspecify.annotations.Nullable;

/**
 * A run whose plan waits for a verdict. A run that is planned anew is judged anew.
 *
 * @param environment what the request takes the target for
 */
record PlannedRun(
        RunId runId, TargetId target, Plan plan, @Nullable String environment) {

    /** Names it in the table and the task. */
    String id() {
        return runId + " " + plan.digest();
    }
}
