package io.slipway.contracts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The strongest lock that a plan takes on a table that others use.
 *
 * @param table with its schema
 * @param mode as PostgreSQL names it, such as {@code ACCESS EXCLUSIVE}
 * @param blocks who waits while it is held, in words
 * @param script the script that takes it, and the 1-based line of the statement
 * @param rewritten whether the table is written anew under it
 * @param scanned whether the whole table is read under it
 * @param blockedFor an estimate from the size of the table; absent where the size is unknown
 */
public record TableLock(
        String table,
        String mode,
        String blocks,
        String script,
        int line,
        boolean rewritten,
        boolean scanned,
        @Nullable Duration blockedFor) {
    public TableLock {
        Required.text("table", table, 200);
        Required.text("mode", mode, 100);
        Required.present("blocks", blocks);
        Required.present("script", script);
    }
}
