package io.slipway.executor.progress;

import io.slipway.contracts.Blocker;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the statement at work is doing, as seen from outside; the fields are those of the event.
 */
public record Activity(
        @Nullable String phase,
        @Nullable Integer percent,
        @Nullable Integer attempt,
        @Nullable Duration waited,
        List<Blocker> blockedBy) {

    /** Nothing is known. */
    public static final Activity UNKNOWN = new Activity(null, null, null, null, List.of());

    public Activity {
        blockedBy = List.copyOf(blockedBy);
    }

    /** A phase of a statement that PostgreSQL reports about. */
    public static Activity working(String phase, @Nullable Integer percent) {
        return new Activity(phase, percent, null, null, List.of());
    }

    /** The same, waiting for a lock in it. */
    public Activity waiting(int which, Duration since, List<Blocker> by) {
        return new Activity(phase, percent, which, since, by);
    }
}
