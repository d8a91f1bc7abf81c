package io.slipway.executor.apply;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.HistoryGuard;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.flyway.Repairs;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.statement.AdoptedStatements;
import io.slipway.targets.ledger.StatementLedger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets Flyway come to scripts again that have begun: those of this run that were cut off, and those of an earlier one that
 * the plan resumes. Flyway runs nothing while its history has a failed script.
 */
final class BegunScripts {
    private BegunScripts() {}

    static void prepare(PlanWork work, List<LedgerEntry> earlier) {
        Set<String> begun = earlier.stream()
                .map(LedgerEntry::migration)
                .map(AppliedMigration::script)
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> done = earlier.stream()
                .filter(LedgerEntry::done)
                .map(LedgerEntry::migration)
                .map(AppliedMigration::script)
                .collect(Collectors.toSet());
        List<PlannedScript> scripts = work.plan().scripts().stream()
                .filter(script -> !done.contains(script.name()))
                .filter(script -> script.resumesAt() != null || begun.contains(script.name()))
                .toList();
        if (!scripts.isEmpty()) {
            work.attempts()
                    .run(() -> FlywaySession.open(
                            work.flyway(),
                            session -> session.locked(() -> {
                                new HistoryGuard(work).check(session.connection());
                                for (PlannedScript script : scripts) {
                                    // Together, so that the history never changes for a run that has not begun.
                                    session.transaction(() -> {
                                        if (!begun.contains(script.name())) {
                                            adopt(work, session, script);
                                        }
                                        remove(work, session, script);
                                        return null;
                                    });
                                    begun.add(script.name());
                                }
                                return null;
                            })));
        }
    }

    private static void adopt(PlanWork work, FlywaySession session, PlannedScript script) throws SQLException {
        Integer checksum = session.failed(script.name())
                .map(org.flywaydb.core.extensibility.AppliedMigration::getChecksum)
                .orElse(null);
        work.ledger().create(session.connection());
        var records = new StatementLedger(work.ledger().schema()).last(session.connection(), script.name(), checksum);
        AdoptedStatements.adopt(work, script, records, session.connection());
        work.ledger().intend(session.connection(), work.run(), LedgerEntry.intended(announced(script)));
    }

    private static void remove(PlanWork work, FlywaySession session, PlannedScript script) throws SQLException {
        var failed = session.failed(script.name());
        if (failed.isPresent()) {
            if (script.resumesAt() != null) {
                Repairs.record(work, session.connection(), Set.of(failed.get().getInstalledRank()));
            }
            session.removeFailed(failed.get());
        }
    }

    private static AppliedMigration announced(PlannedScript script) {
        return new AppliedMigration(
                script.version(),
                script.description(),
                script.name(),
                script.checksum(),
                false,
                0,
                null,
                List.of(),
                Duration.ZERO);
    }
}
