package io.slipway.planner.plan;

import static io.slipway.planner.plan.RollbackRules.version;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Failure;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.planner.plan.RollbackRules.Choice;
import io.slipway.targets.flyway.HistoryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which versions lie between now and the state before a run: those that it applied, and all that came later. */
final class BeforeRunRules {
    private BeforeRunRules() {}

    /**
     * @param found what is known of the run
     * @param applied what is in effect or failed half-way, in the order in which it was applied, baseline included
     */
    static Choice choose(RunId id, TargetId target, Optional<EarlierRun> found, List<HistoryRow> applied) {
        if (found.isEmpty()) {
            return impossible(
                    "RUN_UNKNOWN",
                    "There is no run %s.".formatted(id),
                    "Correct the run id; 'slipway history' lists runs.");
        }
        EarlierRun run = found.get();
        if (!run.target().equals(target)) {
            return impossible(
                    "RUN_OF_ANOTHER_TARGET",
                    "Run %s was about target '%s', not about '%s'.".formatted(id, run.target(), target),
                    "Name a run of this target.");
        }
        if (!run.ended()) {
            return impossible("RUN_NOT_ENDED", "Run %s has not ended.".formatted(id), "Wait for its end.");
        }
        List<AppliedMigration> versioned = run.applied().stream()
                .filter(migration -> migration.version() != null)
                .toList();
        if (versioned.isEmpty() && applied.stream().noneMatch(row -> halfOf(run, row))) {
            return impossible(
                    "RUN_APPLIED_NOTHING",
                    "Run %s applied no version, so there is nothing of it to undo.".formatted(id),
                    "Name a run that applied versions.");
        }
        List<AppliedMigration> left = versioned.stream()
                .filter(migration -> inEffect(migration, run, applied))
                .toList();
        // A way back that was cut off in its middle is gone on with.
        return left.isEmpty() && applied.stream().noneMatch(row -> halfOf(run, row))
                ? alreadyUndone(id, versioned)
                : from(id, run, left, applied);
    }

    private static boolean inEffect(AppliedMigration migration, EarlierRun run, List<HistoryRow> applied) {
        MigrationVersion version = Objects.requireNonNull(migration.version());
        return run.undoneSince().stream().noneMatch(version::sameAs)
                && applied.stream()
                        .anyMatch(row -> row.success() && version(row).sameAs(version));
    }

    private static Choice from(RunId id, EarlierRun run, List<AppliedMigration> versioned, List<HistoryRow> applied) {
        int first = 0;
        while (!ofRun(applied.get(first), run, versioned)) {
            first++;
        }
        List<HistoryRow> undo = applied.subList(first, applied.size());
        Optional<HistoryRow> baseline =
                undo.stream().filter(row -> !RollbackRules.undoable(row)).findFirst();
        if (baseline.isPresent()) {
            return impossible(
                    "BELOW_BASELINE",
                    "After run %s a baseline %s was set, which cannot be undone."
                            .formatted(id, version(baseline.get())),
                    "Go back to the baseline at most.");
        }
        Choice.Undo choice = RollbackRules.undo(undo, applied);
        return new Choice.Undo(choice.undo(), choice.toVersion(), warnings(id, run, versioned, undo));
    }

    private static boolean ofRun(HistoryRow row, EarlierRun run, List<AppliedMigration> versioned) {
        return halfOf(run, row)
                || versioned.stream().anyMatch(migration -> Objects.requireNonNull(migration.version())
                        .sameAs(version(row)));
    }

    /** The one that the run stopped in the middle of. */
    private static boolean halfOf(EarlierRun run, HistoryRow row) {
        return !row.success() && row.script().equals(run.interrupted());
    }

    private static List<String> warnings(
            RunId id, EarlierRun run, List<AppliedMigration> versioned, List<HistoryRow> undo) {
        List<String> warnings = new ArrayList<>();
        List<String> later = undo.stream()
                .filter(row -> !ofRun(row, run, versioned))
                .map(row -> version(row).value())
                .toList();
        if (!later.isEmpty()) {
            warnings.add("Applied after run %s and undone with it: %s.".formatted(id, String.join(", ", later)));
        }
        List<String> repeatable = run.applied().stream()
                .filter(migration -> migration.version() == null)
                .map(AppliedMigration::description)
                .toList();
        if (!repeatable.isEmpty()) {
            warnings.add(
                    "Repeatable migrations stay as run %s left them: %s.".formatted(id, String.join(", ", repeatable)));
        }
        return warnings;
    }

    private static Choice alreadyUndone(RunId id, List<AppliedMigration> gone) {
        String versions = gone.stream()
                .map(migration -> Objects.requireNonNull(migration.version()).value())
                .collect(Collectors.joining(", "));
        return impossible(
                "ALREADY_UNDONE",
                "Run %s applied version %s, which has been undone since.".formatted(id, versions),
                "Name the version to go back to, such as 3.1, or a number of versions such as -1.");
    }

    private static Choice impossible(String code, String message, String remedy) {
        return new Choice.Impossible(Failure.of(code, message, remedy));
    }
}
