package io.slipway.contracts;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What running one script came to. Bounded, and without any SQL text, since literals are row data; only a notice may hold
 * such, where the script's author puts it there. After a crash inside a script without a transaction, only what ran since.
 *
 * @param rows absent where PostgreSQL could not tell, as for scripts outside a transaction
 * @param tables those whose rows were changed, most first
 * @param walBytes write-ahead log that the server wrote meanwhile, for all its sessions
 * @param lockAttempts how often it was run until it had its locks, at least 1; the most of one statement where each tries for itself
 * @param lockWait how long it waited for locks as far as it was seen, staying away between two attempts included
 * @param locks those that it held on tables and views, strongest first; empty where they were not seen, as outside a transaction
 * @param notices what the server or the script had to say, cut at 500 characters
 * @param statements its first ones
 * @param leftOut absent when nothing was
 */
public record Figures(
        @Nullable RowChanges rows,
        List<TableChanges> tables,
        @Nullable Long walBytes,
        int lockAttempts,
        Duration lockWait,
        List<HeldLock> locks,
        List<String> notices,
        List<StatementFigures> statements,
        @Nullable LeftOut leftOut) {

    public Figures {
        tables = List.copyOf(tables);
        Required.present("lockWait", lockWait);
        locks = List.copyOf(locks);
        notices = List.copyOf(notices);
        statements = List.copyOf(statements);
    }

    /** The rows that were changed in one table, schema-qualified. */
    public record TableChanges(String table, RowChanges rows) {
        public TableChanges {
            Required.present("table", table);
            Required.present("rows", rows);
        }
    }

    /**
     * A lock that was held until the end of the transaction.
     *
     * @param relation schema-qualified
     * @param mode as PostgreSQL names it, such as {@code ACCESS EXCLUSIVE}
     * @param statement after which it was first seen, from 1; absent when not seen before the end of the script
     */
    public record HeldLock(
            String relation, String mode, @Nullable Integer statement) {
        public HeldLock {
            Required.present("relation", relation);
            Required.present("mode", mode);
        }
    }

    /** How many of each list were too many. */
    public record LeftOut(int tables, int locks, int notices, int statements) {
        public static final LeftOut NOTHING = new LeftOut(0, 0, 0, 0);
    }
}
