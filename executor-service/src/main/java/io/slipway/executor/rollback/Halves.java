package io.slipway.executor.rollback;

import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.flyway.Repairs;
import io.slipway.executor.flyway.UndoRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.extensibility.AppliedMigration;

/**
 * Records what a run takes back. Rows of versions that failed half-way go at its end, however it ends: until then the
 * history has to begin with the rows that it was planned for. After a crash the next attempt removes them.
 */
final class Halves {
    private final PlanWork work;
    private final FlywaySession session;
    private final List<AppliedMigration> undone = new ArrayList<>();

    Halves(PlanWork work, FlywaySession session) {
        this.work = work;
        this.session = session;
    }

    void within(Consumer<Halves> rollback) {
        try {
            rollback.accept(this);
        } catch (FlywayException e) {
            try {
                remove();
            } catch (FlywayException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        remove();
    }

    /** In the transaction of the undo script, where it has one. */
    void record(AppliedMigration applied, PlannedScript undo, UndoRow row) {
        if (applied.isSuccess()) {
            session.recordUndone(applied, undo, row);
        }
    }

    /** The undo script is committed. */
    void committed(AppliedMigration applied) {
        if (!applied.isSuccess()) {
            undone.add(applied);
        }
    }

    private void remove() {
        if (!undone.isEmpty()) {
            work.attempts()
                    .run(() -> session.locked(() -> {
                        session.transaction(() -> {
                            Set<Integer> ranks = undone.stream()
                                    .map(AppliedMigration::getInstalledRank)
                                    .collect(Collectors.toSet());
                            Repairs.record(work, session.connection(), ranks);
                            undone.forEach(session::removeFailed);
                            return null;
                        });
                        return null;
                    }));
        }
    }
}
