package io.slipway.sql.catalog;

import io.slipway.sql.ast.Statement.TransactionControl;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a ROLLBACK leads back to: the start of the script or of its last transaction, or a savepoint. */
final class Transactions {
    private record Savepoint(@Nullable String name, int mark) {}

    private final Journal journal;
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private int start;

    Transactions(Journal journal) {
        this.journal = journal;
    }

    void startScript() {
        journal.settle();
        begin();
    }

    void apply(TransactionControl control) {
        switch (control.verb()) {
            case BEGIN -> {
                // Within a transaction it only warns, so what came before goes the same way.
            }
            case COMMIT -> begin();
            case ROLLBACK -> {
                journal.rollBackTo(start);
                savepoints.clear();
            }
            case SAVEPOINT -> savepoints.push(new Savepoint(control.savepoint(), journal.mark()));
            case RELEASE_SAVEPOINT ->
                savepoints.removeIf(savepoint -> Objects.equals(savepoint.name(), control.savepoint()));
            case ROLLBACK_TO_SAVEPOINT -> rollBackTo(control.savepoint());
        }
    }

    private void begin() {
        start = journal.mark();
        savepoints.clear();
    }

    private void rollBackTo(@Nullable String name) {
        while (!savepoints.isEmpty()) {
            Savepoint last = savepoints.pop();
            journal.rollBackTo(last.mark());
            if (Objects.equals(last.name(), name)) {
                savepoints.push(last);
                return;
            }
        }
    }
}
