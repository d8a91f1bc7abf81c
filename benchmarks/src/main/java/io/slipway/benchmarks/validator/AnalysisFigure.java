package io.slipway.benchmarks.validator;

import io.slipway.benchmarks.figures.Figure;
import io.slipway.benchmarks.figures.Goal;
import org.jspecify.annotations.Nullable;

/** What is measured in the JVM of the analysis. */
enum AnalysisFigure {
    FILE_P95("a file of 10 statements with catalogue and effects, warm: p95", "ms", new Goal(5)),
    FILE_P50("a file of 10 statements with catalogue and effects, warm: p50", "ms", null),
    FILE_CPU_P95("the same, processor time: p95", "ms", null),
    ONE_FILE("all statements in one file", "ms", new Goal(3_000)),
    RULES("all files as one plan, with all rules", "ms", null),
    PEAK_HEAP("peak heap of a JVM that may have 512 MiB", "MiB", new Goal(512));

    private final String title;
    private final String unit;
    private final @Nullable Goal goal;

    AnalysisFigure(String title, String unit, @Nullable Goal goal) {
        this.title = title;
        this.unit = unit;
        this.goal = goal;
    }

    Figure of(double value) {
        return goal == null ? Figure.of(title, value, unit) : Figure.of(title, value, unit, goal);
    }
}
