/**
 * Runs the one UPDATE or DELETE of a marked script in ranges of a key, each a transaction of its own that also says how far
 * it got. Whoever takes the script up again, in this run or the next, goes on behind the last key.
 */
@NullMarked
package io.slipway.executor.batch;

import org.jspecify.annotations.NullMarked;
