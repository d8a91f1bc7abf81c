package io.slipway.sql.parse;

import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableAction.ColumnSetting.Kind;
import io.slipway.sql.source.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;

/** {@code ALTER COLUMN}. */
final class ColumnActionReader {
    private final SourceText source;

    ColumnActionReader(SourceText source) {
        this.source = source;
    }

    Optional<TableAction> read(Column_actionContext context, Span span, String column) {
        if (context.data_type() != null) {
            var collation = context.collate_identifier();
            return Optional.of(new TableAction.ChangeType(
                    span,
                    column,
                    DataTypeReader.read(source.text(context.data_type())),
                    collation == null ? null : source.name(collation.collation),
                    UsesReader.expressionOrNull(source, context.vex())));
        }
        if (context.NULL() != null) {
            return Optional.of(
                    context.set == null
                            ? new TableAction.DropNotNull(span, column)
                            : new TableAction.SetNotNull(span, column));
        }
        if (context.set_def_column() != null) {
            return Optional.of(new TableAction.SetDefault(
                    span,
                    column,
                    UsesReader.expression(source, context.set_def_column().vex())));
        }
        if (context.drop_def() != null) {
            return Optional.of(new TableAction.DropDefault(span, column));
        }
        return Optional.ofNullable(kind(context)).map(kind -> new TableAction.ColumnSetting(span, column, kind));
    }

    private static @Nullable Kind kind(Column_actionContext context) {
        if (context.identity_body() != null) {
            return Kind.ADD_IDENTITY;
        }
        if (context.IDENTITY() != null) {
            return Kind.DROP_IDENTITY;
        }
        if (!context.alter_identity().isEmpty()) {
            return Kind.ALTER_IDENTITY;
        }
        if (context.EXPRESSION() != null) {
            return context.expression == null ? Kind.DROP_EXPRESSION : Kind.SET_EXPRESSION;
        }
        if (context.set_statistics() != null) {
            return Kind.STATISTICS;
        }
        if (context.STORAGE() != null) {
            return Kind.STORAGE;
        }
        if (context.compression_identifier() != null) {
            return Kind.COMPRESSION;
        }
        return context.storage_parameters() == null && context.names_in_parens() == null ? null : Kind.OPTIONS;
    }
}
