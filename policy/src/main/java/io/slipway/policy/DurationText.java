package io.slipway.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the file has them: days, hours, minutes, seconds, milliseconds, such as {@code 6h}, {@code 1h30m}, {@code 500ms}. */
final class DurationText {
    private static final Pattern FORM =
            Pattern.compile("(?=\\d)(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

    private DurationText() {}

    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(Duration.ofDays(number(form, 1))
                        .plusHours(number(form, 2))
                        .plusMinutes(number(form, 3))
                        .plusSeconds(number(form, 4))
                        .plusMillis(number(form, 5)))
                : Optional.empty();
    }

    private static long number(Matcher form, int group) {
        String digits = form.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
