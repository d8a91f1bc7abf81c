package io.slipway.executor.rollback;

import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.statement.AdoptedStatements;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.ledger.UndoLedger;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.extensibility.AppliedMigration;

/** An undo script without a transaction: said before it begins, so that a later run knows what this one has left of it. */
final class LooseUndo {
    private LooseUndo() {}

    /**
     * In one transaction, so that a run has taken over all that an earlier one did, or has not begun.
     *
     * @param applied what the script takes back
     */
    static void announce(
            PlanWork work, FlywaySession session, PlannedScript script, AppliedMigration applied, LedgerEntry intended)
            throws SQLException {
        Connection connection = session.connection();
        RunId run = work.run().runId();
        UndoLedger undos = undos(work, connection);
        session.transaction(() -> {
            undos.create(connection);
            if (script.resumesAt() != null && !begun(work, connection, script)) {
                var records = undos.half(connection, applied.getInstalledRank())
                        .filter(half -> half.script().equals(script.name()))
                        .map(UndoLedger.Half::records);
                AdoptedStatements.adopt(work, script, records, connection);
            }
            work.ledger().intend(connection, work.run(), intended);
            undos.begin(connection, run, script.name(), applied.getInstalledRank());
            return null;
        });
    }

    private static UndoLedger undos(PlanWork work, Connection connection) throws SQLException {
        String history = SchemaHistory.table(connection, work.plan().settings())
                .orElseThrow(() -> new IllegalStateException("There is no history, and a row of it was read."));
        return new UndoLedger(work.ledger().schema(), history);
    }

    private static boolean begun(PlanWork work, Connection connection, PlannedScript script) throws SQLException {
        return work.ledger().of(connection, work.run().runId()).stream()
                .anyMatch(entry -> entry.migration().script().equals(script.name()));
    }
}
