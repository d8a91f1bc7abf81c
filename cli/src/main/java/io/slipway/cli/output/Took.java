package io.slipway.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Durations and sizes as people say them. */
public final class Took {
    private static final long KIBI = 1024;

    private Took() {}

    /** Such as {@code 14 ms}, {@code 2.4 s}, {@code 3 min 5 s} or {@code 2 h 10 min}. */
    public static String text(Duration took) {
        if (took.toMillis() < 1_000) {
            return took.toMillis() + " ms";
        }
        if (took.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(took.toMillis() / 100.0) / 10);
        }
        return took.toHours() == 0
                ? "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart())
                : "%d h %d min".formatted(took.toHours(), took.toMinutesPart());
    }

    /** Such as {@code 46.0 MiB}. */
    public static String size(long bytes) {
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        if (bytes < KIBI) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (value >= KIBI && unit < units.length - 1) {
            value /= KIBI;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
