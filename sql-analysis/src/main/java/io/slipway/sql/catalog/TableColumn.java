package io.slipway.sql.catalog;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Expression;
import io.slipway.sql.ast.Name;
import org.jspecify.annotations.Nullable;

/**
 * A column of a known table.
 *
 * @param notNull whether PostgreSQL has it as NOT NULL; a CHECK that says the same is a constraint of the table
 * @param value of its default, or of a generated column
 */
public record TableColumn(
        String name,
        DataType type,
        @Nullable Name collation,
        boolean notNull,
        Filling filling,
        @Nullable Expression value,
        Novelty novelty) {

    public static TableColumn of(String name, DataType type, boolean notNull) {
        return new TableColumn(name, type, null, notNull, Filling.NOTHING, null, Novelty.EXISTING);
    }

    static TableColumn of(Column column, Novelty novelty) {
        boolean never = column.type().isSerial() || column.filling() == Filling.IDENTITY;
        return new TableColumn(
                column.name(),
                column.type(),
                column.collation(),
                column.notNull() || never,
                column.filling(),
                column.value(),
                novelty);
    }

    TableColumn asExisting() {
        return new TableColumn(name, type, collation, notNull, filling, value, Novelty.EXISTING);
    }

    TableColumn named(String to) {
        return new TableColumn(to, type, collation, notNull, filling, value, novelty);
    }

    TableColumn withNotNull(boolean to) {
        return new TableColumn(name, type, collation, to, filling, value, novelty);
    }

    TableColumn withType(DataType to, @Nullable Name newCollation) {
        return new TableColumn(name, to, newCollation, notNull, filling, value, novelty);
    }

    TableColumn withFilling(Filling to, @Nullable Expression newValue) {
        return new TableColumn(name, type, collation, notNull, to, newValue, novelty);
    }
}
