/** Policy files looked at before they are in force, and what applies to a target. */
@NullMarked
package io.slipway.cli.policy;

import org.jspecify.annotations.NullMarked;
