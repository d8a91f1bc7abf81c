package io.slipway.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time in which runs may be under way.
 *
 * @param end the first instant that is outside
 * @param window the name of the window that opens it; null where no windows are set
 */
record Span(Instant start, Instant end, @Nullable String window) {
    boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    Duration length() {
        return Duration.between(start, end);
    }

    /** Spans that overlap or touch become one, named after the first. */
    static List<Span> merged(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        for (Span span :
                spans.stream().sorted(Comparator.comparing(Span::start)).toList()) {
            if (merged.isEmpty() || span.start.isAfter(merged.getLast().end)) {
                merged.add(span);
            } else if (span.end.isAfter(merged.getLast().end)) {
                Span first = merged.removeLast();
                merged.add(new Span(first.start, span.end, first.window));
            }
        }
        return merged;
    }

    /** What is left of this when a freeze is taken out: nothing, one part, or one before and one after. */
    List<Span> without(Freeze freeze) {
        if (!freeze.from().isBefore(end) || !freeze.to().isAfter(start)) {
            return List.of(this);
        }
        List<Span> left = new ArrayList<>();
        if (freeze.from().isAfter(start)) {
            left.add(new Span(start, freeze.from(), window));
        }
        if (freeze.to().isBefore(end)) {
            left.add(new Span(freeze.to(), end, window));
        }
        return left;
    }
}
