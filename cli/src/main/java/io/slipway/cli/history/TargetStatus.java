package io.slipway.cli.history;

import io.slipway.cli.output.Style;
import io.slipway.cli.output.Table;
import io.slipway.cli.output.Took;
import io.slipway.cli.output.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A target as its runs tell.
 *
 * @param runs the newest first
 */
record TargetStatus(String target, List<RunRow> runs) {
    List<RunRow> underWay() {
        return runs.stream().filter(RunRow::underWay).toList();
    }

    /** As far as these runs tell; what was done to the target by other means is seen when the next run is planned. */
    String version() {
        return runs.stream()
                .filter(run -> !run.underWay())
                .findFirst()
                .map(last -> last.tellsVersion() ? last.versionAfter() : earlier())
                .orElse("no run yet");
    }

    /** A run that ended without a plan changed nothing, so the one before it tells; a broken one hides what was before. */
    private String earlier() {
        for (RunRow run : runs) {
            if (run.tellsVersion()) {
                return run.versionAfter();
            }
            if (run.stateLeft() != null) {
                return "left in between by run " + run.id();
            }
        }
        return "version unknown";
    }

    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(target) + ": " + version());
        if (underWay().isEmpty()) {
            lines.add("Under way: none");
        }
        underWay().forEach(run -> lines.add(style.yellow("Under way: run %s, %s since %s, asked by %s"
                .formatted(run.id(), run.state(), When.text(run.createdAt()), text(run.requestedBy())))));
        if (!runs.isEmpty()) {
            lines.add("");
            lines.addAll(table(style));
        }
        return lines;
    }

    private List<String> table(Style style) {
        Table table = new Table(style, "When", "Kind", "Outcome", "From", "To", "Took", "By", "Reason", "Run");
        for (RunRow run : runs) {
            table.row(
                    When.text(run.createdAt()),
                    text(run.kind()),
                    run.outcome() == null ? run.state() : run.outcome(),
                    text(run.fromVersion()),
                    text(run.toVersion()),
                    run.durationMs() == null ? "-" : Took.text(Duration.ofMillis(run.durationMs())),
                    text(run.requestedBy()),
                    text(run.reason()),
                    run.id());
        }
        return table.lines();
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "-");
    }
}
