package io.slipway.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and durations as people read them. */
final class LocalText {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm XXX", Locale.ROOT);

    private LocalText() {}

    /** With the offset: in the night in which clocks go back there are two of each minute. */
    static String of(Instant instant, ZoneId zone) {
        return MINUTES.format(instant.atZone(zone));
    }

    /** In days, hours, minutes and seconds; such as {@code 1d 6h}. */
    static String of(Duration duration) {
        String time = duration.minusDays(duration.toDaysPart()).toString().substring("PT".length());
        String days = duration.toDaysPart() == 0 ? "" : duration.toDaysPart() + "d";
        String all = days.isEmpty() || !time.equals("0S") ? days + time : days;
        return all.toLowerCase(Locale.ROOT).replaceAll("(?<=[dhm])(?=\\d)", " ");
    }
}
