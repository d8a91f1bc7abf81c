package io.slipway.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a run waits.
 *
 * @param behind the run it waits for, when it waits for its turn
 * @param until when it is looked at again, where that is known
 */
public record Hold(
        Reason reason,
        String detail,
        @Nullable RunId behind,
        @Nullable Instant until) {

    /** What it waits for. */
    public enum Reason {
        TURN,
        WINDOW,
        APPROVAL
    }

    public Hold {
        Required.present("reason", reason);
        Required.present("detail", detail);
    }
}
