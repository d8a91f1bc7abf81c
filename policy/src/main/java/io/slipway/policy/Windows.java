package io.slipway.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When runs may be under way at a target: inside of one of its windows, if it has any, and outside of every freeze. */
public final class Windows {
    /** How far ahead an opening is looked for: a year and some days, so that yearly windows are found. */
    public static final Duration HORIZON = Duration.ofDays(370);

    private static final Windows ALWAYS = new Windows(List.of(), List.of());

    private final List<Window> windows;
    private final List<Freeze> freezes;

    Windows(List<Window> windows, List<Freeze> freezes) {
        this.windows = List.copyOf(windows);
        this.freezes = List.copyOf(freezes);
    }

    public static Windows always() {
        return ALWAYS;
    }

    /**
     * Whether a run may begin now, and finish.
     *
     * @param estimate how long it will take; null when nobody knows, and then it only matters that a window is open
     */
    public Opening at(Instant now, @Nullable Duration estimate) {
        Instant horizon = now.plus(HORIZON);
        List<Span> spans = spans(now, horizon);
        Optional<Span> current =
                spans.stream().filter(span -> span.contains(now)).findFirst();
        if (current.isPresent() && fits(now, current.get(), estimate)) {
            Instant closes = current.get().end();
            return new Opening.Open(
                    closes.isBefore(horizon) ? closes : null, current.get().window());
        }
        Optional<Span> next = spans.stream()
                .filter(span -> span.start().isAfter(now) && fits(span.start(), span, estimate))
                .findFirst();
        return new Opening.Closed(
                next.map(Span::start).orElse(null), why(now, estimate, current, next, longest(spans)));
    }

    private static boolean fits(Instant start, Span span, @Nullable Duration estimate) {
        return estimate == null || !start.plus(estimate).isAfter(span.end());
    }

    /** In order, none touching another. */
    private List<Span> spans(Instant now, Instant horizon) {
        // Where nothing closes it, time is open for as long as the longest run could take.
        List<Span> open = windows.isEmpty()
                ? List.of(new Span(now, horizon.plus(HORIZON), null))
                : Span.merged(windows.stream()
                        .flatMap(window -> window.spans(now, horizon).stream())
                        .toList());
        for (Freeze freeze : freezes) {
            open = open.stream().flatMap(span -> span.without(freeze).stream()).toList();
        }
        return open;
    }

    private static Duration longest(List<Span> spans) {
        return spans.stream().map(Span::length).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private String why(
            Instant now, @Nullable Duration estimate, Optional<Span> current, Optional<Span> next, Duration longest) {
        String opens = next.map(
                        span -> "; it may begin at %s".formatted(LocalText.of(span.start(), zone(span.window()))))
                .orElseGet(() -> nothing(estimate, longest));
        if (current.isPresent() && estimate != null) {
            return "needs %s, but %s in %s%s"
                    .formatted(
                            LocalText.of(estimate),
                            closing(current.get()),
                            LocalText.of(Duration.between(now, current.get().end())),
                            opens);
        }
        return freezes.stream()
                .filter(freeze -> freeze.covers(now))
                .max(Comparator.comparing(Freeze::to))
                .map(freeze -> "frozen from %s%s".formatted(freeze, opens))
                .orElseGet(() -> "outside of %s%s".formatted(names(), opens));
    }

    private static String nothing(@Nullable Duration estimate, Duration longest) {
        return estimate == null || longest.isZero()
                ? "; nothing opens within %d days".formatted(HORIZON.toDays())
                : "; nothing within %d days is open for %s, the longest is %s"
                        .formatted(HORIZON.toDays(), LocalText.of(estimate), LocalText.of(longest));
    }

    private String names() {
        return windows.size() == 1
                ? named(windows.getFirst().name())
                : "windows %s"
                        .formatted(String.join(
                                ", ",
                                windows.stream()
                                        .map(window -> "'" + window.name() + "'")
                                        .toList()));
    }

    private static String named(@Nullable String window) {
        return "window '%s'".formatted(window);
    }

    private static String closing(Span span) {
        return span.window() == null ? "a freeze begins" : named(span.window()) + " closes";
    }

    private ZoneId zone(@Nullable String window) {
        return Stream.concat(
                        windows.stream()
                                .filter(each -> each.name().equals(window))
                                .map(Window::zone),
                        freezes.stream().map(Freeze::zone))
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }
}
