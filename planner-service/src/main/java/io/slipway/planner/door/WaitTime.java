package io.slipway.planner.door;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Durations as people write them in a URL. */
final class WaitTime {
    private WaitTime() {}

    /**
     * @param text such as {@code 30s}, {@code 1m}, {@code 500ms}, or ISO-8601
     * @throws IllegalArgumentException when it is none of these, or negative
     */
    static Duration parse(String text) {
        String iso = text.toUpperCase(Locale.ROOT);
        try {
            Duration wait = iso.endsWith("MS")
                    ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                    : iso(iso);
            if (!wait.isNegative()) {
                return wait;
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException(unusable(text), e);
        }
        throw new IllegalArgumentException(unusable(text));
    }

    private static Duration iso(String text) {
        return Duration.parse(text.startsWith("P") ? text : "PT" + text);
    }

    private static String unusable(String text) {
        return "'wait' must be a duration such as 30s, but is '%s'.".formatted(text);
    }
}
