package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Revision;
import io.slipway.targets.flyway.HistoryRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which versions a rollback takes back. */
final class RollbackRules {
    private RollbackRules() {}

    /** What a revision means on a history. */
    sealed interface Choice {
        /**
         * @param undo the last applied one first, so that nothing is taken away under what was built on it
         * @param toVersion the highest version that stays
         * @param warnings what else goes with it
         */
        record Undo(List<HistoryRow> undo, @Nullable MigrationVersion toVersion, List<String> warnings)
                implements Choice {
            public Undo {
                undo = List.copyOf(undo);
                warnings = List.copyOf(warnings);
            }
        }

        record Impossible(Failure failure) implements Choice {}
    }

    /**
     * @param revision of any form but {@code before:}
     * @param applied what is in effect or failed half-way, in the order in which it was applied, baseline included
     */
    static Choice choose(Revision revision, List<HistoryRow> applied) {
        return revision.relative() ? last(revision.steps(), applied) : above(revision.version(), applied);
    }

    private static Choice last(int steps, List<HistoryRow> applied) {
        List<HistoryRow> undoable =
                applied.stream().filter(RollbackRules::undoable).toList();
        if (steps > undoable.size()) {
            return new Choice.Impossible(Failure.of(
                    "NOT_SO_MANY_APPLIED",
                    "The request wants the last %d versions undone, but only %d can be: %s."
                            .formatted(steps, undoable.size(), versions(undoable)),
                    undoable.isEmpty()
                            ? "There is nothing to roll back."
                            : "Ask for -%d at most.".formatted(undoable.size())));
        }
        return undo(undoable.subList(undoable.size() - steps, undoable.size()), applied);
    }

    private static Choice above(MigrationVersion version, List<HistoryRow> applied) {
        if (applied.stream().noneMatch(row -> row.success() && version(row).sameAs(version))) {
            return new Choice.Impossible(Failure.of(
                    "VERSION_NOT_APPLIED",
                    "The request wants to go back to version %s, which is not applied on the target; applied: %s."
                            .formatted(
                                    version,
                                    versions(applied.stream()
                                            .filter(HistoryRow::success)
                                            .toList())),
                    "Name one of the applied versions, or a number of versions such as -1."));
        }
        // What failed half-way is in the way of everyone, wherever its version stands.
        List<HistoryRow> undo = applied.stream()
                .filter(row -> !row.success() || version(row).compareTo(version) > 0)
                .toList();
        Optional<HistoryRow> fixed = undo.stream().filter(row -> !undoable(row)).findFirst();
        return fixed.<Choice>map(row -> new Choice.Impossible(Failure.of(
                        "BELOW_BASELINE",
                        "Version %s lies below the baseline %s, and a baseline cannot be undone."
                                .formatted(version, version(row)),
                        "Go back to the baseline at most.")))
                .orElseGet(() -> undo(undo, applied));
    }

    static Choice.Undo undo(List<HistoryRow> undo, List<HistoryRow> applied) {
        MigrationVersion toVersion = applied.stream()
                .filter(row -> !undo.contains(row))
                .map(RollbackRules::version)
                .max(MigrationVersion::compareTo)
                .orElse(null);
        return new Choice.Undo(undo.reversed(), toVersion, List.of());
    }

    static boolean undoable(HistoryRow row) {
        return !row.type().contains("BASELINE");
    }

    static MigrationVersion version(HistoryRow row) {
        return Objects.requireNonNull(row.version(), "what is in effect has a version");
    }

    private static String versions(List<HistoryRow> rows) {
        return rows.isEmpty()
                ? "none"
                : String.join(
                        ", ", rows.stream().map(row -> version(row).value()).toList());
    }
}
