/** Watches the session of an execution from a second one, and tells the world what it sees. */
@NullMarked
package io.slipway.executor.watch;

import org.jspecify.annotations.NullMarked;
