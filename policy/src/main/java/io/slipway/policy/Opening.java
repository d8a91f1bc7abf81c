package io.slipway.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a run may begin at some instant. */
public sealed interface Opening {
    /**
     * It may, and finish as far as its duration is known.
     *
     * @param closes until when; null when nothing closes within {@link Windows#HORIZON}
     * @param window the name of the window; null when there is none
     */
    record Open(@Nullable Instant closes, @Nullable String window) implements Opening {}

    /**
     * It may not.
     *
     * @param opens the next instant at which it may begin and finish; null when there is none within
     *     {@link Windows#HORIZON}
     * @param why for people to read
     */
    record Closed(@Nullable Instant opens, String why) implements Opening {}
}
