package io.slipway.validator.rehearsal;

import io.slipway.contracts.Rehearsal.WayBack;
import org.jspecify.annotations.Nullable;

/** What is known of the way back, with a detail where it is not proved. */
record WayBackTaken(WayBack wayBack, @Nullable String detail) {
    static final WayBackTaken NOT_TRIED = new WayBackTaken(WayBack.NOT_TRIED, null);
}
