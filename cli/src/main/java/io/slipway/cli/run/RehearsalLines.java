package io.slipway.cli.run;

import io.slipway.cli.output.Style;
import io.slipway.cli.output.Took;
import io.slipway.contracts.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a rehearsal has shown. */
record RehearsalLines(Style style) {

    List<String> lines(@Nullable Rehearsal rehearsal) {
        if (rehearsal == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(Style.printable("Rehearsal: %s%s".formatted(outcome(rehearsal), wayBack(rehearsal))));
        rehearsal
                .mismatches()
                .forEach(mismatch -> lines.add(style.yellow(Style.printable("  %s:%d predicted %s, measured %s"
                        .formatted(mismatch.script(), mismatch.line(), mismatch.predicted(), mismatch.measured())))));
        return lines;
    }

    private static String outcome(Rehearsal rehearsal) {
        String ran = StateLine.count(rehearsal.statements(), "statement");
        return switch (rehearsal.outcome()) {
            case CONFIRMED ->
                "%s ran on a copy of the schema, %d held against their prediction and confirmed, %s"
                        .formatted(ran, rehearsal.confirmed(), Took.text(rehearsal.took()));
            case MISMATCH ->
                "%s ran on a copy of the schema, not all as predicted, %s".formatted(ran, Took.text(rehearsal.took()));
            case FAILED -> "failed at " + rehearsal.why();
            case NOT_REHEARSED ->
                rehearsal.statements() == 0
                        ? "none, " + rehearsal.why()
                        : "ended after %s, %s".formatted(ran, rehearsal.why());
        };
    }

    private static String wayBack(Rehearsal rehearsal) {
        return switch (rehearsal.wayBack()) {
            case PROVED -> "; the undo scripts lead back to the same schema";
            case DIFFERS -> "; the undo scripts leave another schema: " + rehearsal.wayBackDetail();
            case FAILED -> "; the way back fails: " + rehearsal.wayBackDetail();
            case NONE, NOT_TRIED -> "";
        };
    }
}
