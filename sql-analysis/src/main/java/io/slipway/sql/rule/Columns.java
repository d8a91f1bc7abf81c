package io.slipway.sql.rule;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns that a statement declares, by CREATE TABLE or by ADD COLUMN. */
final class Columns {
    private Columns() {}

    /** @param at the action that adds it, or the whole CREATE TABLE */
    record Declared(Name table, Column column, Span at, boolean added) {
        /** In lower case, with single spaces. */
        String type() {
            return column.type()
                    .text()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("\\s+", " ")
                    .replaceAll(" ?\\( ?", "(");
        }

        /** The ADD COLUMN with another type; nothing for a CREATE TABLE, in which it is plain what to write. */
        @Nullable
        String withType(String other) {
            return added
                    ? "ALTER TABLE %s ADD COLUMN %s %s;".formatted(table.sql(), Name.quoted(column.name()), other)
                    : null;
        }
    }

    static List<Declared> declared(Statement statement) {
        List<Declared> declared = new ArrayList<>();
        switch (statement) {
            case Statement.CreateTable create ->
                create.columns()
                        .forEach(column -> declared.add(new Declared(create.name(), column, create.span(), false)));
            case Statement.AlterTable alter ->
                alter.actions().forEach(action -> {
                    if (action instanceof TableAction.AddColumn add) {
                        declared.add(new Declared(alter.name(), add.column(), add.span(), true));
                    }
                });
            default -> {}
        }
        return declared;
    }
}
