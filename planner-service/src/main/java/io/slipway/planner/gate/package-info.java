/**
 * Whether a validated run may go: what policy forbids, asks to be approved, or lets happen only at certain times, and who
 * has approved it. Which state a run gets from that, and what is said about it, belongs to {@code run}.
 */
@NullMarked
package io.slipway.planner.gate;

import org.jspecify.annotations.NullMarked;
