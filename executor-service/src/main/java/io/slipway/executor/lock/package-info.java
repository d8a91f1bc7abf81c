/**
 * How a migration waits for locks: for how long, how often, and who is in its way. A statement that waits is in the
 * way of everyone who comes after it, so it steps aside in time and tries again. Nothing here runs a script.
 */
@NullMarked
package io.slipway.executor.lock;

import org.jspecify.annotations.NullMarked;
