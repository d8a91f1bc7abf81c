/** The policy that is in force: its file read at the start and again while the planner runs. What it demands is decided elsewhere. */
@NullMarked
package io.slipway.planner.policy;

import org.jspecify.annotations.NullMarked;
