package io.slipway.planner.run;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Verdict;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a run that has a verdict.
 *
 * @param scripts those of the plan, without their text
 * @param estimate how long it will take, absent when nobody knows
 */
record Validated(
        Ticket ticket,
        PlanDigest plan,
        Verdict verdict,
        List<PlanSummary.Script> scripts,
        @Nullable Duration estimate) {}
