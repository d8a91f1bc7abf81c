package io.slipway.sql.ast;

import java.util.List;

/**
 * A type as a column, parameter or cast names it.
 *
 * @param text as written
 * @param name as PostgreSQL's catalogue calls it: {@code int4} for {@code integer}, {@code bpchar} for {@code char(3)};
 *     serial types keep their own names
 * @param modifiers length, or precision and scale; empty where none are given
 * @param dimensions 0 unless it is an array
 */
public record DataType(String text, Name name, List<Integer> modifiers, int dimensions) {
    public DataType {
        modifiers = List.copyOf(modifiers);
    }

    /** Whether it is this built-in type, and no array of it. */
    public boolean is(String builtIn) {
        return dimensions == 0 && name.schema() == null && name.local().equals(builtIn);
    }

    public boolean isArray() {
        return dimensions > 0;
    }

    public boolean isSerial() {
        return is("serial") || is("bigserial") || is("smallserial");
    }

    /** The same type whatever words it was written with. */
    public boolean same(DataType other) {
        return name.equals(other.name) && modifiers.equals(other.modifiers) && isArray() == other.isArray();
    }

    @Override
    public String toString() {
        return text;
    }
}
