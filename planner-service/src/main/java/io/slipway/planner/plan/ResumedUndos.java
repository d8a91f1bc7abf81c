package io.slipway.planner.plan;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.PlannedScript;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.ledger.LedgerSchema;
import io.slipway.targets.ledger.UndoLedger;
import io.slipway.targets.ledger.UndoLedger.Half;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Has a rollback go on with undo scripts that stopped half-way. Flyway's history does not tell of them: where the target's ledger
 * knows of no half, the script begins.
 */
final class ResumedUndos {
    private final DataSource target;
    private final FlywaySettings settings;
    private final @Nullable String ledgerSchema;

    ResumedUndos(DataSource target, FlywaySettings settings, @Nullable String ledgerSchema) {
        this.target = target;
        this.settings = settings;
        this.ledgerSchema = ledgerSchema;
    }

    /**
     * @param planned as they would run from their beginning
     * @param undo what each of them takes back, in the same order
     */
    ResumedScripts resume(List<PlannedScript> planned, List<HistoryRow> undo) throws SQLException {
        Map<String, Half> halves = halves(planned, undo);
        return ResumedScripts.of(planned, script -> Optional.ofNullable(halves.get(script.name()))
                .flatMap(half -> resumption(script, half)));
    }

    /** By the planned script; those in batches go on by themselves. */
    private Map<String, Half> halves(List<PlannedScript> planned, List<HistoryRow> undo) throws SQLException {
        Map<String, Half> halves = new HashMap<>();
        try (Connection connection = target.getConnection()) {
            String history = SchemaHistory.table(connection, settings).orElseThrow();
            var ledger = new UndoLedger(LedgerSchema.of(connection, settings, ledgerSchema), history);
            for (int i = 0; i < planned.size(); i++) {
                PlannedScript script = planned.get(i);
                if (!script.batch()) {
                    ledger.half(connection, undo.get(i).installedRank())
                            .ifPresent(half -> halves.put(script.name(), half));
                }
            }
        }
        return halves;
    }

    /** Where nothing was taken back, any other script may begin. */
    private Optional<Resumption> resumption(PlannedScript script, Half half) {
        boolean same = half.script().equals(script.name());
        if (!half.tookBack() && (!same || script.transactional())) {
            return Optional.empty();
        }
        return Optional.of(
                same
                        ? Resumption.of(
                                script,
                                ResumedScripts.statements(script, settings, target),
                                Optional.of(half.records()))
                        : Resumption.renamed(script, half.script()));
    }
}
