package io.slipway.benchmarks.fleet;

import io.slipway.benchmarks.figures.Figure;
import io.slipway.benchmarks.figures.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Both sides do the same in turns, so that whatever else the machine does touches both alike.
 *
 * @param warmUp turns of each side that do not count
 */
record Duel(FleetServer server, ExecutorSide executor, FlywaySide flyway, int warmUp) {

    /** One turn of each side. */
    record Round(Took executor, Took flyway) {
        double ratio() {
            return executor.millis() / flyway.millis();
        }

        double processorRatio() {
            return executor.processorMillis() / flyway.processorMillis();
        }
    }

    /**
     * What came of it; every figure is the median of the rounds.
     *
     * @param migrations of each turn
     */
    record Outcome(List<Round> rounds, int migrations) {

        private static final double MILLIS = 1_000;

        List<Figure> figures(String what, Goal ratio) {
            var figures = new ArrayList<Figure>();
            figures.add(Figure.of(what + ": executor's time beside Flyway's", median(Round::ratio), "ratio", ratio));
            figures.add(Figure.of(what + ": likewise, processor time", median(Round::processorRatio), "ratio"));
            figures.addAll(figures(what));
            return figures;
        }

        List<Figure> figures(String what) {
            return List.of(
                    Figure.of(
                            what + ": executor",
                            median(round -> round.executor().millis()),
                            "ms"),
                    Figure.of(what + ": Flyway", median(round -> round.flyway().millis()), "ms"),
                    Figure.of(
                            what + ": executor, processor time",
                            median(round -> round.executor().processorMillis()),
                            "ms"),
                    Figure.of(
                            what + ": Flyway, processor time",
                            median(round -> round.flyway().processorMillis()),
                            "ms"));
        }

        /** What one migration takes longer with the executor. */
        double overheadMillis() {
            return median(round -> round.executor().millis() - round.flyway().millis()) / migrations;
        }

        double executorPerSecond() {
            return median(round -> migrations * MILLIS / round.executor().millis());
        }

        double flywayPerSecond() {
            return median(round -> migrations * MILLIS / round.flyway().millis());
        }

        private double median(ToDoubleFunction<Round> figure) {
            var rising = rounds.stream().mapToDouble(figure).sorted().toArray();
            var middle = rising.length / 2;
            return rising.length % 2 == 1 ? rising[middle] : (rising[middle - 1] + rising[middle]) / 2;
        }
    }

    /** Who goes first changes with every round. */
    Outcome fight(String what, int databases, Project project, int rounds, Consumer<String> progress) {
        List<Round> counted = new ArrayList<>();
        for (var turn = 0; turn < warmUp + rounds; turn++) {
            var round = round(what, turn, databases, project);
            progress.accept("  executor %.0f ms, Flyway %.0f ms: %.2f; processor time %.0f ms, %.0f ms: %.2f"
                    .formatted(
                            round.executor().millis(),
                            round.flyway().millis(),
                            round.ratio(),
                            round.executor().processorMillis(),
                            round.flyway().processorMillis(),
                            round.processorRatio()));
            if (turn >= warmUp) {
                counted.add(round);
            }
        }
        return new Outcome(counted, databases * project.scripts().size());
    }

    private Round round(String what, int turn, int databases, Project project) {
        var ours = server.targets(what, turn, databases);
        var theirs = server.others(what, turn, databases);
        Round round;
        if (turn % 2 == 0) {
            var first = settled(() -> executor.migrate(ours, project));
            round = new Round(first, settled(() -> flyway.migrate(theirs, project)));
        } else {
            var first = settled(() -> flyway.migrate(theirs, project));
            round = new Round(settled(() -> executor.migrate(ours, project)), first);
        }
        server.drop(ours);
        server.drop(theirs);
        return round;
    }

    private Took settled(Supplier<Took> side) {
        server.settle();
        return side.get();
    }
}
