package io.slipway.validator.plan;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import java.time.Instant;

/**
 * A plan with its verdict.
 *
 * @param passed whether the run may go on
 */
public record DecidedPlan(
        RunId runId, TargetId target, PlanDigest plan, Instant decidedAt, boolean passed, Verdict verdict) {}
