package io.slipway.sql.catalog;

import io.slipway.sql.ast.IndexDefinition;

/**
 * An index of a known table or materialized view, in the same schema as that.
 *
 * @param valid false after a concurrent build that failed, and for the parent's half of an index on partitions until
 *     all of these have theirs
 */
public record Index(String name, boolean unique, boolean valid, IndexDefinition definition) {

    Index named(String to) {
        return new Index(to, unique, valid, definition);
    }

    public Index asValid(boolean to) {
        return new Index(name, unique, to, definition);
    }
}
