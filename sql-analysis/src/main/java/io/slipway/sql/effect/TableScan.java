package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;

/**
 * A relation is read from its first row to its last.
 *
 * @param passes how many times
 * @param proven false where it happens in the worst case only: a WHERE may use an index, a constraint may be known
 */
public record TableScan(Name relation, Why why, int passes, boolean proven) {

    /** What the rows are read for. */
    public enum Why {
        REWRITE,
        INDEX_BUILD,
        CHECK,
        NOT_NULL,
        FOREIGN_KEY,
        PARTITION_BOUND,
        DOMAIN,
        UPDATE,
        DELETE,
        QUERY
    }
}
