package io.slipway.benchmarks.figures;

/** The most that a figure may be. */
public record Goal(double atMost) {

    boolean metBy(double value) {
        return value <= atMost;
    }
}
