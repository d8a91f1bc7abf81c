package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.TransactionControl;
import java.util.ArrayList;
import java.util.List;

/**
 * The locks that a transaction holds, statement after statement.
 *
 * @param locks of earlier statements, with the index of the statement that took each
 */
public record HeldLocks(List<Held> locks) {
    public static final HeldLocks NONE = new HeldLocks(List.of());

    /** @param since index of the statement, as the caller counts */
    public record Held(LockTaken lock, int since) {}

    public HeldLocks {
        locks = List.copyOf(locks);
    }

    /**
     * After one more statement.
     *
     * @param inTransaction whether statements share a transaction: the runner's, or one that the script has begun
     */
    public HeldLocks after(Statement statement, StatementEffects effects, int index, boolean inTransaction) {
        if (statement instanceof TransactionControl control) {
            return switch (control.verb()) {
                case COMMIT, ROLLBACK -> NONE;
                case ROLLBACK_TO_SAVEPOINT, BEGIN, SAVEPOINT, RELEASE_SAVEPOINT -> this;
            };
        }
        if (!inTransaction) {
            return NONE;
        }
        List<Held> all = new ArrayList<>(locks);
        for (LockTaken lock : effects.locks()) {
            if (lock.hold() == LockTaken.Hold.TRANSACTION && all.stream().noneMatch(held -> covers(held, lock))) {
                all.add(new Held(lock, index));
            }
        }
        return new HeldLocks(all);
    }

    private static boolean covers(Held held, LockTaken lock) {
        return held.lock().relation().equals(lock.relation())
                && held.lock().mode().covers(lock.mode());
    }

    /** Those on relations that somebody can be waiting for, of at least this strength. */
    public List<Held> atLeast(LockMode mode) {
        return locks.stream()
                .filter(held -> !held.lock().created() && held.lock().mode().covers(mode))
                .toList();
    }

    public boolean blocksReads() {
        return !atLeast(LockMode.ACCESS_EXCLUSIVE).isEmpty();
    }

    /** Existing relations under ACCESS EXCLUSIVE. */
    public List<Name> closed() {
        return atLeast(LockMode.ACCESS_EXCLUSIVE).stream()
                .map(held -> held.lock().relation())
                .distinct()
                .toList();
    }
}
