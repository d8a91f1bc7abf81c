package io.slipway.benchmarks.figures;

import java.time.Duration;
import java.util.Collection;

/** Measured times, in milliseconds and in rising order. */
public final class Sample {

    private static final double NANOS_PER_MILLI = 1e6;

    private final double[] rising;

    private Sample(double[] rising) {
        this.rising = rising;
    }

    public static Sample of(Collection<Duration> times) {
        if (times.isEmpty()) {
            throw new IllegalArgumentException("A sample needs at least one time");
        }
        return new Sample(times.stream()
                .mapToDouble(time -> time.toNanos() / NANOS_PER_MILLI)
                .sorted()
                .toArray());
    }

    /** The mean of the two in the middle when their number is even. */
    public double median() {
        var middle = rising.length / 2;
        return rising.length % 2 == 1 ? rising[middle] : (rising[middle - 1] + rising[middle]) / 2;
    }

    /** The smallest time that at least the given part of the times keeps to: one that was measured, never between two. */
    public double percentile(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("A percentile is from 1 to 100, but got " + percent);
        }
        return rising[(int) Math.ceil(percent / 100.0 * rising.length) - 1];
    }
}
