package io.slipway.benchmarks.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One line of a benchmark's result.
 *
 * @param name what was measured, for a person to read
 * @param value rounded to three decimals
 * @param unit such as {@code ms}; {@code ratio} for one figure divided by another
 * @param goal the most that the value may be; absent for a figure that only explains others
 * @param met whether the value keeps to the goal; absent without one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Figure(
        String name,
        double value,
        String unit,
        @Nullable Double goal,
        @Nullable Boolean met) {

    private static final double DECIMALS = 1000;

    public Figure {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("The figure '%s' must be a number, but is %s".formatted(name, value));
        }
    }

    public static Figure of(String name, double value, String unit) {
        return new Figure(name, rounded(value), unit, null, null);
    }

    /** The goal is held against the value before it is rounded. */
    public static Figure of(String name, double value, String unit, Goal goal) {
        return new Figure(name, rounded(value), unit, goal.atMost(), goal.metBy(value));
    }

    private static double rounded(double value) {
        return Math.round(value * DECIMALS) / DECIMALS;
    }
}
