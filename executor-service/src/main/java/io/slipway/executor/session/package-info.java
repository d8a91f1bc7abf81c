/** The sessions on a target in which scripts run: what of one is to be the same for each script, and how earlier ones end. */
@NullMarked
package io.slipway.executor.session;

import org.jspecify.annotations.NullMarked;
