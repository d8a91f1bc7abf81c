package io.slipway.executor.flyway;

import io.slipway.contracts.AppliedMigration;
import io.slipway.executor.guard.HistoryRules;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.ledger.RepairStore;
import io.slipway.targets.flyway.SchemaHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Lets a run take rows of failed scripts out of the history, and know the rest again. */
public final class Repairs {
    private Repairs() {}

    /**
     * To be called in the transaction that removes the rows, under Flyway's lock.
     *
     * @param ranks of the rows
     */
    public static void record(PlanWork work, Connection connection, Set<Integer> ranks) throws SQLException {
        SchemaHistory history = SchemaHistory.read(connection, work.plan().settings());
        List<AppliedMigration> ours = work.ledger().of(connection, work.run().runId()).stream()
                .map(LedgerEntry::migration)
                .toList();
        String left = HistoryRules.repaired(work.plan(), history, ours, ranks);
        new RepairStore(work.ledger()).add(connection, work.run().runId(), left);
    }
}
