/**
 * How a request becomes a run, or is rejected, whichever door it came through: idempotency, what this version offers, which
 * targets there are. Which status code or record that makes belongs to {@code door}.
 */
@NullMarked
package io.slipway.planner.intake;

import org.jspecify.annotations.NullMarked;
