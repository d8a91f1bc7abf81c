package io.slipway.validator.check;

import io.slipway.contracts.Plan;
import io.slipway.targets.Target;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.footprint.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * What the checks go by.
 *
 * @param relations of the target; absent where they could not be read
 * @param unread why not
 */
record Ground(
        Target target,
        Plan plan,
        Footprint footprint,
        @Nullable LiveRelations relations,
        @Nullable String unread) {}
