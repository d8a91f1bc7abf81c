/**
 * The service that judges plans before anything runs. Its settings are here; {@link io.slipway.validator.plan} takes the
 * work and settles it, {@link io.slipway.validator.verdict} judges, with the text from {@link
 * io.slipway.validator.placeholder} and the target seen by {@link io.slipway.validator.check}, which asks about the
 * objects that {@link io.slipway.validator.footprint} has found in the plan.
 */
@NullMarked
package io.slipway.validator;

import org.jspecify.annotations.NullMarked;
