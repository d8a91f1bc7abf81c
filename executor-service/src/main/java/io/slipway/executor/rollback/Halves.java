package io.slipway.executor.rollback;

import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.UndoRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.extensibility.AppliedMigration;

/**
 * Records what a run takes back. Rows of versions that failed half-way go at its end, however it ends: until then the
 * history has to begin with the rows that it was planned for. After a crash the next attempt removes them.
 */
final class Halves {
    private final FlywaySession session;
    private final List<AppliedMigration> undone = new ArrayList<>();

    Halves(FlywaySession session) {
        this.session = session;
    }

    void within(Consumer<Halves> work) {
        try {
            work.accept(this);
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

    void record(AppliedMigration applied, PlannedScript undo, UndoRow row) {
        if (applied.isSuccess()) {
            session.recordUndone(applied, undo, row);
        } else {
            undone.add(applied);
        }
    }

    private void remove() {
        if (!undone.isEmpty()) {
            session.locked(() -> {
                undone.forEach(session::removeFailed);
                return null;
            });
        }
    }
}
