/**
 * The way of a run: its states, the rules by which events move it, the queue of each target, what is kept of it and what
 * callers may read. How a plan is made lives in {@code plan}, how a request becomes a run in {@code intake}.
 */
@NullMarked
package io.slipway.planner.run;

import org.jspecify.annotations.NullMarked;
