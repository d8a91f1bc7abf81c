package io.slipway.executor.apply;

import io.slipway.contracts.AppliedMigration;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.HistoryGuard;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a target forward by exactly the scripts of a plan. Called again for a run that was cut off, it goes on where
 * the ledger and Flyway's history say that it stopped.
 */
public final class PlanApplication {
    private PlanApplication() {}

    /**
     * Applies what is pending of the plan.
     *
     * @param earlier what an attempt of the same run that was cut off has done, or was about to do
     * @return what the ledger has of the run now, where one attempt has done it all; else it is to be read there
     * @throws FlywayException when a script fails or the session is lost
     */
    public static Optional<List<AppliedMigration>> apply(PlanWork work, List<LedgerEntry> earlier) {
        completeHistory(work, earlier);
        BegunScripts.prepare(work, earlier);
        List<MigrationRecorder> attempts = new ArrayList<>();
        work.attempts().run(() -> {
            var guard = new HistoryGuard(work);
            var recorder = new MigrationRecorder(work, guard);
            attempts.add(recorder);
            work.flyway().callbacks(guard, recorder).load().migrate();
        });
        return earlier.isEmpty() && attempts.size() == 1
                ? Optional.of(attempts.getFirst().recorded())
                : Optional.empty();
    }

    /**
     * A script without a transaction is done before Flyway's row for it is written; a crash in between leaves the
     * ledger ahead of the history, which is made good here.
     */
    private static void completeHistory(PlanWork work, List<LedgerEntry> earlier) {
        List<AppliedMigration> loose = earlier.stream()
                .filter(LedgerEntry::done)
                .map(LedgerEntry::migration)
                .filter(migration -> !migration.transactional())
                .toList();
        if (!loose.isEmpty()) {
            work.attempts()
                    .run(() -> FlywaySession.open(
                            work.flyway(),
                            session -> session.locked(() -> {
                                loose.stream()
                                        .filter(migration -> !session.recorded(migration.script()))
                                        .forEach(session::record);
                                return null;
                            })));
        }
    }
}
