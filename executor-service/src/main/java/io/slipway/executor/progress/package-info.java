/** Tells the world how far an execution is, at a bounded rate, without ever disturbing it. */
@NullMarked
package io.slipway.executor.progress;

import org.jspecify.annotations.NullMarked;
