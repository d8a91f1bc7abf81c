package io.slipway.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A constraint on a table or column.
 *
 * @param name null where PostgreSQL chooses it
 * @param validated false for {@code NOT VALID}
 * @param references the other table of a foreign key
 * @param usingIndex the index that UNIQUE or PRIMARY KEY takes over
 */
public record Constraint(
        @Nullable String name,
        Kind kind,
        boolean validated,
        @Nullable Name references,
        @Nullable String usingIndex) {

    public enum Kind {
        CHECK,
        FOREIGN_KEY,
        UNIQUE,
        PRIMARY_KEY,
        EXCLUDE,
        NOT_NULL
    }
}
