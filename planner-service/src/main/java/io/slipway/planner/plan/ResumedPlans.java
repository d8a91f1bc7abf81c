package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.ScriptStatements;
import io.slipway.targets.ledger.LedgerSchema;
import io.slipway.targets.ledger.StatementLedger;
import io.slipway.targets.ledger.StatementRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;

/** Has a plan go on with scripts that failed half-way, where the request asks for it and the target's ledger allows it. */
final class ResumedPlans {
    private final DataSource target;
    private final FlywaySettings settings;
    private final ScriptResources scripts;
    private final @Nullable String ledgerSchema;

    ResumedPlans(DataSource target, FlywaySettings settings, ScriptResources scripts, @Nullable String ledgerSchema) {
        this.target = target;
        this.settings = settings;
        this.scripts = scripts;
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

    /** Plans as they go on, or why one cannot. @param said what is passed over, in words */
    record Outcome(List<PlannedScript> planned, List<String> said, Optional<Failure> refusal) {}

    /**
     * @param planned as they would run from their beginning
     * @param failed those of them that are to be gone on with, as Flyway's history has them
     */
    Outcome resume(List<PlannedScript> planned, List<? extends MigrationInfo> failed) throws SQLException {
        List<PlannedScript> resumed = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (PlannedScript script : planned) {
            Optional<? extends MigrationInfo> half = failed.stream()
                    .filter(migration -> migration.getScript().equals(script.name()))
                    .findFirst();
            if (half.isEmpty()) {
                resumed.add(script);
                continue;
            }
            switch (resumption(script, half.get())) {
                case Resumption.Refused refused -> {
                    return new Outcome(List.of(), List.of(), Optional.of(refused.failure()));
                }
                case Resumption.At at -> {
                    resumed.add(script.resumedAt(at.statement()));
                    said.add(at.words(script));
                }
            }
        }
        return new Outcome(resumed, said, Optional.empty());
    }

    private Resumption resumption(PlannedScript script, MigrationInfo failed) throws SQLException {
        Optional<List<StatementRecord>> records;
        try (Connection connection = target.getConnection()) {
            records = new StatementLedger(LedgerSchema.of(connection, settings, ledgerSchema))
                    .last(connection, script.name(), failed.getAppliedChecksum());
        }
        return Resumption.of(script, ScriptStatements.of(target, settings, scripts, script.name()), records);
    }
}
