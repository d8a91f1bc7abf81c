package io.slipway.executor.apply;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.HistoryGuard;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.statement.AdoptedStatements;
import java.time.Duration;
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
                .collect(Collectors.toSet());
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
            FlywaySession.open(
                    work.flyway(),
                    session -> session.locked(() -> {
                        var guard = new HistoryGuard(work);
                        for (PlannedScript script : scripts) {
                            if (!begun.contains(script.name())) {
                                guard.pass(session.connection(), script);
                                adopt(work, session, script);
                            }
                            // Only now: once the history has changed, the plan fits no more for a run that has not
                            // begun.
                            session.failed(script.name()).ifPresent(session::removeFailed);
                        }
                        return null;
                    }));
        }
    }

    private static void adopt(PlanWork work, FlywaySession session, PlannedScript script) {
        Integer checksum = session.failed(script.name())
                .map(org.flywaydb.core.extensibility.AppliedMigration::getChecksum)
                .orElse(null);
        session.transaction(() -> {
            work.ledger().create(session.connection());
            AdoptedStatements.adopt(work, script, checksum, session.connection());
            work.ledger().intend(session.connection(), work.run(), LedgerEntry.intended(announced(script)));
            return null;
        });
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
