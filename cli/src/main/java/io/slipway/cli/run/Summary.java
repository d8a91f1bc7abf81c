package io.slipway.cli.run;

import io.slipway.cli.output.Style;
import io.slipway.cli.output.Table;
import io.slipway.cli.output.Took;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Failure;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.RestoreCompleted;
import io.slipway.contracts.event.RestoreFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunEnded;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person wants to know when a run is over, in lines. */
final class Summary {
    /** More than a few screens are for a file. */
    private static final int MOST_SQL_LINES = 200;

    private final Style style;

    Summary(Style style) {
        this.style = style;
    }

    List<String> lines(RunView run) {
        List<String> lines = new ArrayList<>();
        run.end().ifPresent(end -> {
            if (end instanceof DryRunCompleted dryRun) {
                lines.addAll(planned(run));
                lines.addAll(sql(dryRun));
            }
            lines.addAll(new PlanLines(style).lines(run.content().plan()));
            lines.addAll(migrations(done(end)));
            lines.addAll(verdict(run));
            lines.addAll(backup(run.content().backup()));
            lines.addAll(outcome(run, end));
        });
        return lines;
    }

    /** The findings, the failed checks, and what the rehearsal has shown. */
    List<String> verdict(RunView run) {
        Verdict verdict = run.content().verdict();
        if (verdict == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(new Findings(style).lines(verdict));
        lines.addAll(new RehearsalLines(style).lines(verdict.rehearsal()));
        return lines;
    }

    private List<String> planned(RunView run) {
        if (run.scripts().isEmpty()) {
            return List.of();
        }
        Table table = new Table(style, "Version", "Description", "Script", "Undo");
        run.scripts().forEach(script -> table.row(script.label(), script.description(), script.name(), script.undo()));
        return table.lines();
    }

    /** What would run, word for word, unless there is too much of it to read. */
    private List<String> sql(DryRunCompleted dryRun) {
        long length = dryRun.sql().stream()
                .mapToLong(script -> script.content().lines().count())
                .sum();
        if (length > MOST_SQL_LINES) {
            return List.of("%d lines of SQL would run; '--json' has them, as 'end.sql'.".formatted(length));
        }
        List<String> lines = new ArrayList<>();
        for (ScriptFile script : dryRun.sql()) {
            lines.add(style.dim("-- " + script.name()));
            script.content().lines().map(Style::printable).forEach(lines::add);
        }
        return lines;
    }

    private List<String> migrations(List<AppliedMigration> migrations) {
        if (migrations.isEmpty()) {
            return List.of();
        }
        Table table = new Table(style, "Version", "Description", "Rows", "Tables", "Duration");
        for (AppliedMigration migration : migrations) {
            table.row(
                    migration.version() == null ? "R" : migration.version().value(),
                    migration.description(),
                    migration.rowsAffected() == null ? "?" : String.valueOf(migration.rowsAffected()),
                    migration.tablesModified().isEmpty() ? "-" : String.join(", ", migration.tablesModified()),
                    Took.text(migration.took()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(new FigureLines(style).lines(migrations));
        return lines;
    }

    private List<String> backup(@Nullable Backup backup) {
        return backup == null
                ? List.of()
                : List.of(Style.printable("Backup: %s, %s, read back with %d entries, %s"
                        .formatted(
                                backup.location(),
                                Took.size(backup.sizeBytes()),
                                backup.entries(),
                                Took.text(backup.took()))));
    }

    private static List<AppliedMigration> done(RunEnded end) {
        return switch (end) {
            case MigrationApplied applied -> applied.migrations();
            case MigrationFailed failed -> failed.applied();
            case RollbackApplied applied -> applied.undone();
            case RollbackFailed failed -> failed.undone();
            case MigrationNotNeeded _, DryRunCompleted _, RestoreCompleted _, RestoreFailed _, RunCancelled _ ->
                List.of();
        };
    }

    private List<String> outcome(RunView run, RunEnded end) {
        String target = end.target().name();
        return switch (end) {
            case MigrationApplied applied ->
                List.of(style.green("%s applied to %s in %s."
                        .formatted(
                                StateLine.count(applied.migrations().size(), "migration"),
                                target,
                                Took.text(applied.took()))));
            case MigrationNotNeeded current ->
                List.of(style.green(
                        "Nothing to do: %s is at %s.".formatted(target, version(current.currentVersion()))));
            case DryRunCompleted dryRun -> List.of(dryRun(run, dryRun));
            case RollbackApplied back ->
                List.of(style.green("%s rolled back in %s: %s is at %s."
                        .formatted(
                                StateLine.count(back.undone().size(), "migration"),
                                Took.text(back.took()),
                                target,
                                version(back.toVersion()))));
            case RestoreCompleted restored ->
                List.of(style.green("%s restored in %s.".formatted(target, Took.text(restored.took()))));
            case MigrationFailed failed -> failure("Migration failed", failed.failure(), failed.stateLeft());
            case RollbackFailed failed -> failure("Rollback failed", failed.failure(), failed.stateLeft());
            case RestoreFailed failed -> failure("Restore failed", failed.failure(), failed.stateLeft());
            case RunCancelled cancelled ->
                failure("Cancelled, nothing was changed (%s)".formatted(cancelled.cause()), cancelled.failure(), null);
        };
    }

    private String dryRun(RunView run, DryRunCompleted dryRun) {
        String scripts = StateLine.count(dryRun.scripts().size(), "script");
        String verdict = StateLine.verdict(run.content().verdict());
        String details = verdict.isEmpty() ? "" : " (" + verdict + ")";
        return dryRun.wouldPass()
                ? style.green("Dry run: %s would run, validation would pass%s. Nothing was changed."
                        .formatted(scripts, details))
                : style.red("Dry run: validation would refuse %s%s. Nothing was changed.".formatted(scripts, details));
    }

    private List<String> failure(String what, Failure failure, @Nullable StateLeft left) {
        List<String> lines = new ArrayList<>();
        lines.add(style.red(Style.printable("%s: %s".formatted(what, failure.message()))));
        if (failure.script() != null) {
            String line = failure.line() > 0 ? ":" + failure.line() : "";
            String state = failure.sqlState() == null ? "" : " (SQLSTATE %s)".formatted(failure.sqlState());
            lines.add(Style.printable("  at " + failure.script() + line + state));
        }
        if (!failure.remedy().isBlank()) {
            lines.add(Style.printable("  " + failure.remedy()));
        }
        if (left != null) {
            lines.add("  " + left(left));
        }
        return lines;
    }

    private static String left(StateLeft left) {
        return switch (left) {
            case UNCHANGED -> "Everything was rolled back: the target is as before.";
            case PARTLY_APPLIED -> "What is listed above stays done; the rest did nothing.";
            case INTERRUPTED -> "A script without a transaction stopped in its middle: look at its effects.";
            case UNKNOWN ->
                "The target went away: its history table says what is applied, and a new request applies what is missing.";
        };
    }

    private static String version(@Nullable MigrationVersion version) {
        return version == null ? "an empty history" : "version " + version;
    }
}
