package io.slipway.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column as it is declared.
 *
 * @param collation null unless the declaration names one
 * @param notNull by NOT NULL or PRIMARY KEY
 * @param filling what a row gets that does not name the column
 * @param value the default's or the generated column's expression
 * @param constraints CHECK, REFERENCES, UNIQUE and PRIMARY KEY on the column itself
 */
public record Column(
        String name,
        DataType type,
        @Nullable Name collation,
        boolean notNull,
        Filling filling,
        @Nullable Expression value,
        List<Constraint> constraints) {

    /** Where the value comes from when an INSERT, or the ALTER TABLE that adds the column, gives none. */
    public enum Filling {
        /** NULL, also when {@code DEFAULT NULL} says so. */
        NOTHING,
        DEFAULT,
        /** {@code serial} and its kin: a default that the type brings along. */
        SERIAL,
        IDENTITY,
        GENERATED_STORED,
        GENERATED_VIRTUAL
    }

    public Column {
        constraints = List.copyOf(constraints);
    }
}
