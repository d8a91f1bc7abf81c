package io.slipway.sql.ast;

import java.util.List;

/**
 * A column as it is declared.
 *
 * @param type as written
 * @param notNull by NOT NULL or PRIMARY KEY
 * @param filling what a row gets that does not name the column
 * @param constraints CHECK, REFERENCES, UNIQUE and PRIMARY KEY on the column itself
 */
public record Column(String name, String type, boolean notNull, Filling filling, List<Constraint> constraints) {

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
