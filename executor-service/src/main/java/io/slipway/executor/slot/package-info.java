/**
 * How many runs may be executed at a time, on this executor and on one database server over all executors. Which runs are
 * to be executed at all is decided before, in the order.
 */
@NullMarked
package io.slipway.executor.slot;

import org.jspecify.annotations.NullMarked;
