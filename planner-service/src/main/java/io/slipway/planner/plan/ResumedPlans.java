package io.slipway.planner.plan;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.ledger.LedgerSchema;
import io.slipway.targets.ledger.StatementLedger;
import io.slipway.targets.ledger.StatementRecord;
import io.slipway.targets.ledger.UndoLedger;
import io.slipway.targets.ledger.UndoLedger.Half;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;

/** Has a migration go on with scripts that failed half-way, where the request asks for it and the target's ledger allows it. */
final class ResumedPlans {
    private final DataSource target;
    private final FlywaySettings settings;
    private final @Nullable String ledgerSchema;

    ResumedPlans(DataSource target, FlywaySettings settings, @Nullable String ledgerSchema) {
        this.target = target;
        this.settings = settings;
        this.ledgerSchema = ledgerSchema;
    }

    /** Whether this one is to be gone on with. */
    static boolean wanted(MigrationRequested request, MigrationInfo migration) {
        return request.resume()
                && migration.getState() == MigrationState.FAILED
                && (migration.getVersion() == null
                        || request.toVersion() == null
                        || migration
                                        .getVersion()
                                        .compareTo(org.flywaydb.core.api.MigrationVersion.fromVersion(
                                                request.toVersion().value()))
                                <= 0);
    }

    /**
     * @param planned as they would run from their beginning
     * @param failed those of them that are to be gone on with, as Flyway's history has them
     */
    ResumedScripts resume(List<PlannedScript> planned, List<? extends MigrationInfo> failed) throws SQLException {
        return ResumedScripts.of(planned, script -> {
            Optional<? extends MigrationInfo> half = failed.stream()
                    .filter(migration -> migration.getScript().equals(script.name()))
                    .findFirst();
            return half.isEmpty() ? Optional.empty() : Optional.of(resumption(script, half.get()));
        });
    }

    private Resumption resumption(PlannedScript script, MigrationInfo failed) throws SQLException {
        Optional<List<StatementRecord>> records;
        Optional<Half> undone;
        try (Connection connection = target.getConnection()) {
            String schema = LedgerSchema.of(connection, settings, ledgerSchema);
            String history = SchemaHistory.table(connection, settings).orElseThrow();
            records = new StatementLedger(schema).last(connection, script.name(), failed.getAppliedChecksum());
            undone = new UndoLedger(schema, history).half(connection, failed.getInstalledRank());
        }
        return undone.filter(Half::tookBack)
                .map(half -> Resumption.takenBack(script, half.script()))
                .orElseGet(() -> Resumption.of(script, ResumedScripts.statements(script, settings, target), records));
    }
}
