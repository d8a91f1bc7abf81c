package io.slipway.validator.check.outcome;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.time.Duration;
import java.util.Locale;

/** What the figure of a check counts. */
public enum Unit {
    PERCENT("%"),
    SECONDS("s"),
    BYTES("bytes"),
    SESSIONS("sessions"),
    INDEXES("indexes"),
    TABLES("tables"),
    MIGRATIONS("migrations"),
    TRANSACTIONS("transactions");

    private static final long KILO = 1024;
    private static final String[] SIZES = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /**
     * @throws IllegalArgumentException when the text is no figure of this unit
     */
    long parse(String text) {
        String given = text.strip();
        long figure =
                switch (this) {
                    case SECONDS -> seconds(given);
                    case BYTES -> new MemorySizeConverter().convert(given).asLongValue();
                    case PERCENT -> Long.parseLong(given.replaceFirst("\\s*%$", ""));
                    case SESSIONS, INDEXES, TABLES, MIGRATIONS, TRANSACTIONS -> Long.parseLong(given.replace("_", ""));
                };
        if (figure < 0) {
            throw new IllegalArgumentException("it must not be negative");
        }
        return figure;
    }

    private static long seconds(String given) {
        Duration duration = DurationConverter.parseDuration(given);
        if (duration == null) {
            throw new IllegalArgumentException("it is no duration");
        }
        return duration.toSeconds();
    }

    /** For people: {@code 1.5 GiB}, {@code 80 %}, {@code 3 s}. */
    public String say(long figure) {
        if (this != BYTES) {
            return "%,d %s".formatted(figure, symbol);
        }
        int step = 0;
        double rest = figure;
        while (rest >= KILO && step < SIZES.length - 1) {
            rest /= KILO;
            step++;
        }
        return step == 0
                ? "%d %s".formatted(figure, SIZES[0])
                : String.format(Locale.ROOT, "%.1f %s", rest, SIZES[step]);
    }
}
