package io.slipway.validator.forecast;

import io.slipway.contracts.TableLock;
import io.slipway.sql.ast.Name;
import io.slipway.sql.effect.LockMode;
import io.slipway.sql.effect.LockTaken;
import io.slipway.sql.effect.LockTaken.Hold;
import io.slipway.sql.effect.LockTaken.Target;
import io.slipway.sql.effect.StatementEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The strongest lock on each table that others use. */
final class TableLocks {
    /** Nobody who approves reads more, and an event must stay small. */
    private static final int MOST = 50;

    /** An application waits for locks from here on, or its maintenance does; all others are in every statement. */
    private static final LockMode WEAKEST_TOLD = LockMode.SHARE_UPDATE_EXCLUSIVE;

    private TableLocks() {}

    private record Strongest(ExpectedStatement statement, LockTaken lock) {}

    /**
     * @param bytes of a table; negative where that is not known
     * @param group whether all scripts share one transaction
     */
    static List<TableLock> of(List<ExpectedStatement> statements, ToLongFunction<Name> bytes, boolean group) {
        Map<Name, Strongest> strongest = new LinkedHashMap<>();
        for (ExpectedStatement statement : statements) {
            for (LockTaken lock : statement.effects().locksOnExisting()) {
                if (lock.target() == Target.TABLE && lock.mode().compareTo(WEAKEST_TOLD) >= 0) {
                    strongest.merge(lock.relation(), new Strongest(statement, lock), TableLocks::worse);
                }
            }
        }
        List<TableLock> locks = new ArrayList<>();
        strongest.values().stream()
                .sorted(Comparator.comparing((Strongest one) -> one.lock().mode())
                        .reversed())
                .limit(MOST)
                .forEach(one ->
                        locks.add(lock(one, BlockedTimeRules.estimate(whileHeld(one, statements, group), bytes))));
        return locks;
    }

    /** Of equal modes the one that is held for longer. */
    private static Strongest worse(Strongest one, Strongest other) {
        int order = one.lock().mode().compareTo(other.lock().mode());
        if (order == 0) {
            return works(other) && !works(one) ? other : one;
        }
        return order > 0 ? one : other;
    }

    private static boolean works(Strongest one) {
        Name table = one.lock().relation();
        return one.statement().effects().rewrites(table)
                || scans(one.statement().effects(), table);
    }

    private static boolean scans(StatementEffects effects, Name table) {
        return effects.scans().stream().anyMatch(scan -> scan.relation().equals(table));
    }

    /** All that follows in the transaction, where the script, or the whole plan, is one. */
    private static List<StatementEffects> whileHeld(Strongest one, List<ExpectedStatement> statements, boolean group) {
        ExpectedStatement first = one.statement();
        List<ExpectedStatement> together = statements.stream()
                .filter(statement -> group || statement.script().equals(first.script()))
                .toList();
        boolean alone = one.lock().hold() == Hold.STATEMENT
                || together.stream().anyMatch(statement -> !statement.effects().transactional());
        return together.stream()
                .skip(together.indexOf(first))
                .limit(alone ? 1 : Integer.MAX_VALUE)
                .map(ExpectedStatement::effects)
                .toList();
    }

    private static TableLock lock(Strongest one, @Nullable Duration blockedFor) {
        Name table = one.lock().relation();
        LockMode mode = one.lock().mode();
        StatementEffects effects = one.statement().effects();
        return new TableLock(
                table.sql(),
                mode.title(),
                mode.blocks(),
                one.statement().script(),
                one.statement().line(),
                effects.rewrites(table),
                scans(effects, table),
                blockedFor);
    }
}
