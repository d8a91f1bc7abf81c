/**
 * Whether a plan may run: it is what was validated, its target is what it was made for, and the target allows what the run
 * needs. Decides, and says why not; who reads the target, and under which lock, is for {@link io.slipway.executor.flyway}.
 */
@NullMarked
package io.slipway.executor.guard;

import org.jspecify.annotations.NullMarked;
