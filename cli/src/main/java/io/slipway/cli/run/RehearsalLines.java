package io.slipway.cli.run;

import io.slipway.cli.output.Style;
import io.slipway.cli.output.Took;
import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a rehearsal has shown. */
record RehearsalLines(Style style) {
    /** The verdict has them all. */
    private static final int REMARKS = 8;

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
        if (rehearsal.derivedUndo() != null) {
            derived(rehearsal.derivedUndo(), lines);
        }
        return lines;
    }

    private void derived(DerivedUndo undo, List<String> lines) {
        long proved = undo.drafts().stream()
                .filter(draft -> draft.outcome() == DerivedUndo.Outcome.PROVED)
                .count();
        String rest = undo.why() == null ? "" : "; no more, " + undo.why();
        lines.add(Style.printable("Undo derived for %s without one, %d proved; the verdict has the SQL%s"
                .formatted(StateLine.count(undo.drafts().size(), "script"), proved, rest)));
        List<String> remarks = undo.drafts().stream()
                .flatMap(draft -> Stream.concat(shortcoming(draft).stream(), draft.losses().stream())
                        .map(remark -> "  %s: %s".formatted(draft.script(), remark)))
                .toList();
        remarks.stream().limit(REMARKS).map(Style::printable).map(style::yellow).forEach(lines::add);
        if (remarks.size() > REMARKS) {
            lines.add("  and %d more".formatted(remarks.size() - REMARKS));
        }
    }

    private static Optional<String> shortcoming(DerivedUndo.Draft draft) {
        return switch (draft.outcome()) {
            case PROVED -> Optional.empty();
            case DIFFERS -> Optional.of("Leaves another schema, " + draft.detail());
            case FAILED -> Optional.of("Fails, " + draft.detail());
        };
    }

    /** What the copy held. */
    private static String copy(Rehearsal rehearsal) {
        Rehearsal.Copied copied = rehearsal.copied();
        return copied == null || copied.rows() == 0
                ? "a copy of the schema"
                : "a copy of the schema with %d rows".formatted(copied.rows());
    }

    private static String outcome(Rehearsal rehearsal) {
        String ran = StateLine.count(rehearsal.statements(), "statement");
        return switch (rehearsal.outcome()) {
            case CONFIRMED ->
                "%s ran on %s, %d held against their prediction and confirmed, %s"
                        .formatted(ran, copy(rehearsal), rehearsal.confirmed(), Took.text(rehearsal.took()));
            case MISMATCH ->
                "%s ran on %s, not all as predicted, %s".formatted(ran, copy(rehearsal), Took.text(rehearsal.took()));
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
