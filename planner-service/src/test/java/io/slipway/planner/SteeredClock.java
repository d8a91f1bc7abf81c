package io.slipway.planner;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Says the time that a test has set; without one, that of the machine. */
@Alternative
@Priority(1)
@Singleton
public class SteeredClock extends Clock {
    private static volatile @Nullable Instant set;

    static void set(String instant) {
        set = Instant.parse(instant);
    }

    static void release() {
        set = null;
    }

    @Override
    public Instant instant() {
        Instant now = set;
        return now == null ? Instant.now() : now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
