package io.slipway.cli.run;

import io.slipway.cli.output.Style;
import io.slipway.cli.output.Took;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Says what of the figures of migrations someone should know: what waited, and what the server had to say. */
record FigureLines(Style style) {
    /** The event has more of them. */
    private static final int NOTICES = 10;

    List<String> lines(List<AppliedMigration> migrations) {
        List<String> lines = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (AppliedMigration migration : migrations) {
            Figures figures = migration.figures();
            if (figures != null) {
                waited(migration.script(), figures, lines);
                figures.notices().forEach(notice -> notices.add("%s: %s".formatted(migration.script(), notice)));
            }
        }
        notices.stream().limit(NOTICES).map(Style::printable).map(style::dim).forEach(lines::add);
        if (notices.size() > NOTICES) {
            lines.add("and %d more notices".formatted(notices.size() - NOTICES));
        }
        return lines;
    }

    private void waited(String script, Figures figures, List<String> lines) {
        if (figures.lockAttempts() > 1 || figures.lockWait().compareTo(Duration.ZERO) > 0) {
            lines.add(style.yellow(Style.printable("%s waited %s for its locks, %s."
                    .formatted(
                            script,
                            Took.text(figures.lockWait()),
                            StateLine.count(figures.lockAttempts(), "attempt")))));
        }
    }
}
