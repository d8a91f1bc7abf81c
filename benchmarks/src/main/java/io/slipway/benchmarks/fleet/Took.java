package io.slipway.benchmarks.fleet;

import java.time.Duration;

/**
 * What one side's turn took.
 *
 * @param time from its beginning to its end
 * @param processor processor time of all programs that worked for it
 */
record Took(Duration time, Duration processor) {

    private static final double NANOS_PER_MILLI = 1e6;

    static Took by(ProcessorTime clock, Runnable work) {
        var before = clock.now();
        var started = System.nanoTime();
        work.run();
        return new Took(
                Duration.ofNanos(System.nanoTime() - started), clock.now().minus(before));
    }

    double millis() {
        return time.toNanos() / NANOS_PER_MILLI;
    }

    double processorMillis() {
        return processor.toMillis();
    }
}
