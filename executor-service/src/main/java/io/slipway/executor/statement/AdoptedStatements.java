package io.slipway.executor.statement;

import io.slipway.contracts.Failure;
import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.Explained;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.targets.ledger.StatementLedger;
import io.slipway.targets.ledger.StatementRecord;
import io.slipway.targets.ledger.StatementRecord.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Takes what an earlier run has recorded of a script over into the run that resumes it. */
public final class AdoptedStatements {
    private AdoptedStatements() {}

    /**
     * @param records what the target's ledger has of the attempt that stopped; absent when it knows of none
     * @throws Explained when the ledger no longer has what the plan was made from
     */
    public static void adopt(
            PlanWork work, PlannedScript script, Optional<List<StatementRecord>> records, Connection connection)
            throws SQLException {
        Integer resumesAt = script.resumesAt();
        if (resumesAt == null || records.isEmpty() || resumesAt != StatementRecord.resumesAt(records.get())) {
            throw new Explained(moved(script));
        }
        var ledger = new StatementLedger(work.ledger().schema());
        for (StatementRecord record : records.get()) {
            boolean ran = record.number() < resumesAt;
            StatementRecord adopted = ran ? record.as(State.DONE) : record.failed(record.left());
            ledger.write(connection, work.run().runId(), script.name(), adopted);
        }
    }

    private static Failure moved(PlannedScript script) {
        return new Failure(
                "PLAN_OUTDATED",
                "The ledger of the target no longer says that %s is to go on at statement %d."
                        .formatted(script.name(), script.resumesAt()),
                "Nothing was run. Request it again.",
                null,
                script.name(),
                0);
    }
}
