package io.slipway.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constraint on a table, column or domain.
 *
 * @param name null where PostgreSQL chooses it
 * @param columns it stands on; of a CHECK those that its condition mentions, of an EXCLUDE its plain columns
 * @param condition of a CHECK
 * @param validated false for {@code NOT VALID}
 * @param enforced false for {@code NOT ENFORCED}
 * @param foreignKey the other side of a foreign key
 * @param usingIndex the index that UNIQUE or PRIMARY KEY takes over
 */
public record Constraint(
        @Nullable String name,
        Kind kind,
        List<String> columns,
        @Nullable Expression condition,
        boolean validated,
        boolean enforced,
        boolean noInherit,
        boolean deferrable,
        @Nullable ForeignKey foreignKey,
        @Nullable String usingIndex) {

    public enum Kind {
        CHECK,
        FOREIGN_KEY,
        UNIQUE,
        PRIMARY_KEY,
        EXCLUDE,
        NOT_NULL;

        /** Whether PostgreSQL keeps an index for it. */
        public boolean hasIndex() {
            return this == UNIQUE || this == PRIMARY_KEY || this == EXCLUDE;
        }
    }

    /** What happens to the referencing rows. */
    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    /** @param columns empty where the other table's primary key is meant */
    public record ForeignKey(Name table, List<String> columns, Action onDelete, Action onUpdate) {
        public ForeignKey {
            columns = List.copyOf(columns);
        }
    }

    public Constraint {
        columns = List.copyOf(columns);
    }

    /** The same, in another state. */
    public Constraint with(boolean nowValidated, boolean nowEnforced) {
        return new Constraint(
                name,
                kind,
                columns,
                condition,
                nowValidated,
                nowEnforced,
                noInherit,
                deferrable,
                foreignKey,
                usingIndex);
    }

    /** The other table of a foreign key. */
    public @Nullable Name references() {
        return foreignKey == null ? null : foreignKey.table();
    }
}
