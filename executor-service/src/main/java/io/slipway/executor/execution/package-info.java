/**
 * One run from its start to its one terminal event: guards the plan, calls {@link io.slipway.executor.apply} or {@link
 * io.slipway.executor.rollback}, and says how it went. What SQL runs is decided there, not here.
 */
@NullMarked
package io.slipway.executor.execution;

import org.jspecify.annotations.NullMarked;
