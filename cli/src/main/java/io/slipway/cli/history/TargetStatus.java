package io.slipway.cli.history;

import io.slipway.cli.output.Style;
import io.slipway.cli.output.Table;
import io.slipway.cli.output.Took;
import io.slipway.cli.output.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /** The newest run that tells at which version the target is, unless a later one left it somewhere else. */
    Optional<RunRow> witness() {
        for (RunRow run : runs) {
            if (run.tellsVersion()) {
                return Optional.of(run);
            }
            if (run.hidesVersion()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private String version() {
        if (runs.isEmpty()) {
            return "no run yet";
        }
        return witness()
                .map(run -> run.versionAfter() == null ? "an empty history" : "version " + run.versionAfter())
                .orElse("version unknown, the next plan will tell");
    }

    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(target) + ": " + version());
        if (underWay().isEmpty()) {
            lines.add("Under way: none");
        }
        underWay()
                .forEach(run -> lines.add(style.yellow("Under way: run %s, %s since %s, asked by %s"
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
