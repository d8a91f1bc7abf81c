/**
 * A plan on its way through this service: heard, remembered as work, judged, settled with exactly one fact, and its
 * verdict to be read for a while. How it is judged is the business of {@link io.slipway.validator.verdict}.
 */
@NullMarked
package io.slipway.validator.plan;

import org.jspecify.annotations.NullMarked;
