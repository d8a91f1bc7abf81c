/** Where a run under way may end early because someone asked for it: between two scripts, never inside one. */
@NullMarked
package io.slipway.executor.stop;

import org.jspecify.annotations.NullMarked;
