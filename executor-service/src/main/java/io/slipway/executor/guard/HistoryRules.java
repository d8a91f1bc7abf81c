package io.slipway.executor.guard;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.SchemaHistory;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Tells the rows that a run has added to a history from those of others. */
public final class HistoryRules {
    private static final String NOTHING = new SchemaHistory(false, List.of()).digest();

    private HistoryRules() {}

    /**
     * Whether the history is the planned one, but for what the run itself did since.
     *
     * @param ours by the ledger
     */
    public static boolean asPlanned(Plan plan, SchemaHistory now, List<AppliedMigration> ours) {
        if (resumed(plan, ours) || forgotten(plan, now.rows(), ours)) {
            return true;
        }
        List<HistoryRow> rows = now.rows();
        Set<String> expected = new HashSet<>();
        ours.forEach(migration -> expected.add(key(plan, migration)));
        int end = rows.size();
        while (end > 0 && ours(plan, rows.get(end - 1), expected)) {
            end--;
        }
        var before = new SchemaHistory(now.exists(), rows.subList(0, end));
        String planned = plan.state().historyDigest();
        return before.digest().equals(planned)
                || planned.equals(NOTHING) && before.rows().stream().allMatch(row -> begins(plan, row));
    }

    /**
     * The run has removed the row of the script that failed, which the planned history had, after the history was found as
     * planned under the same lock; what it was then cannot be seen any more.
     */
    private static boolean resumed(Plan plan, List<AppliedMigration> ours) {
        return plan.scripts().stream()
                .filter(script -> script.resumesAt() != null)
                .anyMatch(script ->
                        ours.stream().anyMatch(migration -> migration.script().equals(script.name())));
    }

    /** Likewise the row of a version that had failed half-way, which the run has taken back. */
    private static boolean forgotten(Plan plan, List<HistoryRow> now, List<AppliedMigration> ours) {
        return plan.kind() == Plan.Kind.ROLLBACK
                && ours.stream().anyMatch(migration -> now.stream()
                        .noneMatch(row -> Objects.equals(row.version(), migration.version())));
    }

    /** Each script counts once: a second row for it is someone else's. */
    private static boolean ours(Plan plan, HistoryRow row, Set<String> expected) {
        return switch (plan.kind()) {
            case MIGRATION -> !row.takesBack() && expected.remove(row.script());
            case ROLLBACK -> row.takesBack() && expected.remove(String.valueOf(row.version()));
        };
    }

    private static String key(Plan plan, AppliedMigration migration) {
        return switch (plan.kind()) {
            case MIGRATION -> migration.script();
            case ROLLBACK -> String.valueOf(migration.version());
        };
    }

    /** Flyway begins a history with the schemas that it makes and with the baseline, before it takes its lock. */
    private static boolean begins(Plan plan, HistoryRow row) {
        MigrationVersion baseline = plan.settings().baselineVersion();
        MigrationVersion version = row.version();
        return switch (row.type()) {
            case "SCHEMA" -> true;
            case "BASELINE" -> baseline != null && version != null && version.sameAs(baseline);
            default -> false;
        };
    }
}
