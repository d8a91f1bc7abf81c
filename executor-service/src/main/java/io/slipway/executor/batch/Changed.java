package io.slipway.executor.batch;

import java.util.List;

/**
 * What a script in batches has changed, in this and in earlier attempts.
 *
 * @param table schema-qualified
 */
public record Changed(String table, long rows) {

    /** None when it came to no row. */
    public List<String> tables() {
        return rows == 0 ? List.of() : List.of(table);
    }
}
