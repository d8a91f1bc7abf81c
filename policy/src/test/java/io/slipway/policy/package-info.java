/** Policy files, good and bad, and windows on the nights in which clocks are set. */
@NullMarked
package io.slipway.policy;

import org.jspecify.annotations.NullMarked;
