/**
 * The service that judges plans before anything runs. Its settings are here; {@link io.slipway.validator.plan} takes the
 * work and settles it, {@link io.slipway.validator.verdict} judges, with the text from {@link
 * io.slipway.validator.placeholder} and the target seen by {@link io.slipway.validator.check}, which asks about the
 * objects that {@link io.slipway.validator.footprint} has found in the plan. {@link io.slipway.validator.catalog} reads
 * how these are defined, and {@link io.slipway.validator.forecast} says what the plan will do to them.
 */
@NullMarked
package io.slipway.validator;

import org.jspecify.annotations.NullMarked;
