/**
 * What the executor is asked to run: it follows each plan from the planner's word to a backup that is done, and accepts
 * only one digest on the way. Nothing here touches a target.
 */
@NullMarked
package io.slipway.executor.order;

import org.jspecify.annotations.NullMarked;
