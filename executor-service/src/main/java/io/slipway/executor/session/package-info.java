/** The session on a target in which scripts run: who it is, and what of it is to be the same for each script. */
@NullMarked
package io.slipway.executor.session;

import org.jspecify.annotations.NullMarked;
