/** Requests that become a run, and following a run to its end. */
@NullMarked
package io.slipway.cli.run;

import org.jspecify.annotations.NullMarked;
