/** Where a run under way may end early because someone asked for it: between two scripts, or two attempts at one. */
@NullMarked
package io.slipway.executor.stop;

import org.jspecify.annotations.NullMarked;
