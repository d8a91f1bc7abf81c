/** What happened to a target, asked from the audit service. */
@NullMarked
package io.slipway.cli.history;

import org.jspecify.annotations.NullMarked;
