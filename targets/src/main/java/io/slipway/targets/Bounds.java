package io.slipway.targets;

import io.quarkus.runtime.configuration.DurationConverter;
import java.io.Serial;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.config.spi.Converter;

/** Converters that know what each kind of setting may be, so that a wrong one is named together with its bounds. */
public final class Bounds {
    private Bounds() {}

    /** How many connections a pool may hold: 1 to 200; Flyway and the executor need 3 at a time. */
    public static final class PoolSize implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1L;

        static final int MOST = 200;

        @Override
        public Integer convert(String value) {
            return whole(value, 1, MOST);
        }
    }

    /** How long to wait for something: 100 ms to 10 min. */
    public static final class Wait extends Span {
        @Serial
        private static final long serialVersionUID = 1L;

        public Wait() {
            super(Duration.ofMillis(100), Duration.ofMinutes(10), false);
        }
    }

    /** How long to wait for a connection: 1 s to 60 s, in whole seconds because the driver counts so. */
    public static final class ConnectWait extends Span {
        @Serial
        private static final long serialVersionUID = 1L;

        public ConnectWait() {
            super(Duration.ofSeconds(1), Duration.ofSeconds(60), false);
        }
    }

    /** How long a connection lives: 10 s to 24 h. */
    public static final class Lifetime extends Span {
        @Serial
        private static final long serialVersionUID = 1L;

        public Lifetime() {
            super(Duration.ofSeconds(10), Duration.ofHours(24), false);
        }
    }

    /** How often to look for something: 1 s to 24 h, or 0 for never. */
    public static final class Interval extends Span {
        @Serial
        private static final long serialVersionUID = 1L;

        public Interval() {
            super(Duration.ofSeconds(1), Duration.ofHours(24), true);
        }
    }

    /** How long a transaction may idle: 10 s to 24 h, or 0 for ever; a stop between two statements may take seconds. */
    public static final class Idle extends Span {
        @Serial
        private static final long serialVersionUID = 1L;

        public Idle() {
            super(Duration.ofSeconds(10), Duration.ofHours(24), true);
        }
    }

    /** A duration between two others. */
    abstract static class Span implements Converter<Duration> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Duration least;
        private final Duration most;
        private final boolean zero;

        Span(Duration least, Duration most, boolean zero) {
            this.least = least;
            this.most = most;
            this.zero = zero;
        }

        @Override
        public Duration convert(String value) {
            Duration duration = parse(value);
            if (zero && duration.isZero()) {
                return duration;
            }
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw refused();
            }
            return duration;
        }

        private Duration parse(String value) {
            try {
                Duration duration = DurationConverter.parseDuration(value.strip());
                if (duration != null) {
                    return duration;
                }
            } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
                throw refused();
            }
            throw refused();
        }

        private IllegalArgumentException refused() {
            return new IllegalArgumentException(
                    "allowed is a duration such as 500ms, 30s, 5m or 1h, from %s to %s%s (a number alone counts seconds)"
                            .formatted(text(least), text(most), zero ? ", or 0 to switch it off" : ""));
        }

        private static String text(Duration duration) {
            return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
        }
    }

    static int whole(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(notWhole(least, most));
        }
        throw new IllegalArgumentException(notWhole(least, most));
    }

    private static String notWhole(int least, int most) {
        return "allowed is a whole number from %d to %d".formatted(least, most);
    }
}
