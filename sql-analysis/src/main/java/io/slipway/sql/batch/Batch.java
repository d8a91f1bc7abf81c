package io.slipway.sql.batch;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.RowChange;
import org.jspecify.annotations.Nullable;

/**
 * A data change that can run in batches.
 *
 * @param sql its one statement
 * @param line on which that begins, 1-based
 */
public record Batch(BatchOptions options, RowChange change, String sql, int line) {
    /** The table as a FROM clause has it. */
    public String table() {
        return (change.only() ? "ONLY " : "") + change.table().sql();
    }

    /** The key column, quoted where it must be. */
    public String key() {
        return Name.quoted(options.key());
    }

    /**
     * The statement for the rows with a key in a range.
     *
     * @param after the key behind which it begins; null for the first one
     * @param upTo the last key
     */
    public String within(@Nullable String after, String upTo) {
        return change.narrowed(sql, range(change.reference() + "." + key(), after, upTo));
    }

    /** A condition on a key; an unknown literal takes the type of what it is compared with, whatever that is. */
    public static String range(String key, @Nullable String after, String upTo) {
        String end = key + " <= " + literal(upTo);
        return after == null ? end : key + " > " + literal(after) + " AND " + end;
    }

    /** Reads the same whatever standard_conforming_strings is. */
    private static String literal(String value) {
        return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
