package io.slipway.executor.guard;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.SchemaHistory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells the rows that a run has added to a history from those of others. */
public final class HistoryRules {
    private static final String NOTHING = new SchemaHistory(false, List.of()).digest();

    private HistoryRules() {}

    /**
     * Whether the history is the planned one, but for what the run itself did since.
     *
     * @param ours by the ledger
     * @param repaired digests of what the run has left of the planned history where it removed rows of failed scripts
     */
    public static boolean asPlanned(Plan plan, SchemaHistory now, List<AppliedMigration> ours, Set<String> repaired) {
        String planned = plan.state().historyDigest();
        SchemaHistory before = before(plan, now, ours);
        return before.digest().equals(planned)
                || repaired.contains(before.digest())
                // The failed row of a script that the run has taken up, and not come to remove, looks like its own.
                || now.digest().equals(planned)
                || planned.equals(NOTHING) && before.rows().stream().allMatch(row -> begins(plan, row));
    }

    /**
     * The digest of what was there before the run, once it has removed rows.
     *
     * @param ranks of those rows
     */
    public static String repaired(Plan plan, SchemaHistory now, List<AppliedMigration> ours, Set<Integer> ranks) {
        List<HistoryRow> kept = now.rows().stream()
                .filter(row -> !ranks.contains(row.installedRank()))
                .toList();
        return before(plan, new SchemaHistory(now.exists(), kept), ours).digest();
    }

    private static SchemaHistory before(Plan plan, SchemaHistory now, List<AppliedMigration> ours) {
        List<HistoryRow> rows = now.rows();
        Set<String> expected = new HashSet<>();
        ours.forEach(migration -> expected.add(key(plan, migration)));
        int end = rows.size();
        while (end > 0 && ours(plan, rows.get(end - 1), expected)) {
            end--;
        }
        return new SchemaHistory(now.exists(), rows.subList(0, end));
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
