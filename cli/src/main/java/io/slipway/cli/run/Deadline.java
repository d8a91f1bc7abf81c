package io.slipway.cli.run;

import java.time.Duration;

/** A point in time until which someone waits. */
record Deadline(long nanos) {
    static Deadline in(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean passed() {
        return left().isZero();
    }

    /** The shorter of {@code longest} and what is left. */
    Duration atMost(Duration longest) {
        return left().compareTo(longest) < 0 ? left() : longest;
    }
}
