package io.slipway.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * A window that opens again and again.
 *
 * @param duration real time that passes: a window of six hours is open for six hours also in the nights in which clocks
 *     are set
 * @param line where it stands in the file
 */
record Window(String name, Recurrence opens, ZoneId zone, Duration duration, int line) {
    /** The times at which it is open at some point after {@code from}, of those that open before {@code to}. */
    List<Span> spans(Instant from, Instant to) {
        return opens.between(from.minus(duration), to).stream()
                .map(start -> new Span(start, start.plus(duration), name))
                .filter(span -> span.end().isAfter(from))
                .toList();
    }

    @Override
    public String toString() {
        return "%s: %s for %s, %s".formatted(name, opens, LocalText.of(duration), zone);
    }
}
