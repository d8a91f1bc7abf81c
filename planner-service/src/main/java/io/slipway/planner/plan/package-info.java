/**
 * How a plan is made: Flyway says what is pending and what is wrong, the history says what can be undone, and the ways back
 * of what was applied are kept. It reads targets and changes none; what follows from a plan is decided in {@code run}.
 */
@NullMarked
package io.slipway.planner.plan;

import org.jspecify.annotations.NullMarked;
