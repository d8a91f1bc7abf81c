package io.slipway.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on a run; what is null is not bounded.
 *
 * @param blockedTime the longest that a table may be blocked, as estimated
 * @param statements the most statements in a plan
 * @param queuedRuns the most runs that may wait for one target
 */
public record Limits(
        @Nullable Duration blockedTime,
        @Nullable Integer statements,
        @Nullable Integer queuedRuns) {}
