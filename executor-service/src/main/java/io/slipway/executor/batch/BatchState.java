package io.slipway.executor.batch;

import io.slipway.contracts.RunId;
import org.jspecify.annotations.Nullable;

/**
 * How far the batches of a script are, as the ledger has it.
 *
 * @param run that is at it, or was
 * @param statement the SHA-256 of what runs, so that nobody goes on with another statement
 * @param historyRank the last row of Flyway's history when it began: one of this script behind it says that the script has been
 *     brought to its end since, in some other way
 * @param first the table's first key when it began; null for an empty table
 * @param upper its last one then: rows behind it came later, and are left alone
 * @param last the key up to which it is done; null before the first batch
 */
record BatchState(
        RunId run,
        String script,
        String statement,
        int historyRank,
        @Nullable String first,
        @Nullable String upper,
        @Nullable String last,
        int batches,
        long rows) {

    /** One more batch, in the same or in a later run. */
    BatchState after(String key, long changed) {
        return new BatchState(run, script, statement, historyRank, first, upper, key, batches + 1, rows + changed);
    }

    BatchState in(RunId other) {
        return new BatchState(other, script, statement, historyRank, first, upper, last, batches, rows);
    }
}
