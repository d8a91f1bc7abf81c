package io.slipway.sql.parse;

import io.slipway.sql.ast.TableAction;
import io.slipway.sql.source.Span;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_partitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;

/** What an ALTER TABLE does, action by action. */
final class TableActionReader {
    private final SourceText source;
    private final ColumnReader columns;

    TableActionReader(SourceText source) {
        this.source = source;
        this.columns = new ColumnReader(source);
    }

    List<TableAction> read(Alter_table_statementContext context) {
        if (!context.table_action().isEmpty()) {
            return context.table_action().stream().map(this::action).toList();
        }
        return List.of(single(context));
    }

    /** The actions that stand alone. They have no context of their own: theirs is the whole statement. */
    private TableAction single(Alter_table_statementContext context) {
        Span span = source.span();
        if (context.rename_to() != null) {
            return new TableAction.RenameTable(span, SourceText.identifier(context.rename_to().name));
        }
        if (context.RENAME() != null) {
            String from = SourceText.identifier(context.identifier(0));
            String to = SourceText.identifier(context.identifier(1));
            return context.CONSTRAINT() == null
                    ? new TableAction.RenameColumn(span, from, to)
                    : new TableAction.RenameConstraint(span, from, to);
        }
        if (context.set_schema() != null) {
            return new TableAction.SetSchema(
                    span, SourceText.identifier(context.set_schema().identifier()));
        }
        if (context.alter_partition() != null) {
            return partition(context.alter_partition());
        }
        return new TableAction.Other(span, "ALTER TABLE", null);
    }

    private TableAction partition(Alter_partitionContext context) {
        Span span = source.span(context);
        if (context.ATTACH() != null) {
            var partition = context.partition_table_value().schema_qualified_name();
            return new TableAction.AttachPartition(span, source.name(partition));
        }
        return new TableAction.DetachPartition(span, source.name(context.child), context.CONCURRENTLY() != null);
    }

    private TableAction action(Table_actionContext context) {
        Span span = source.span(context);
        if (context.table_column_definition() != null) {
            return new TableAction.AddColumn(
                    span, columns.read(context.table_column_definition()), context.if_not_exists() != null);
        }
        if (context.tabl_constraint != null) {
            return columns.constraint(context.tabl_constraint)
                    .<TableAction>map(constraint -> new TableAction.AddConstraint(span, constraint))
                    .orElseGet(() -> other(context, null));
        }
        if (context.drop_constraint() != null) {
            var drop = context.drop_constraint();
            return new TableAction.DropConstraint(
                    span, SourceText.identifier(drop.constraint_name), cascades(drop.cascade_restrict()));
        }
        if (context.validate_constraint() != null) {
            var name = source.name(context.validate_constraint().constraint_name);
            return new TableAction.ValidateConstraint(span, name.local());
        }
        if (context.column != null) {
            String column = SourceText.identifier(context.column);
            return context.column_action() == null
                    ? new TableAction.DropColumn(
                            span, column, context.if_exists() != null, cascades(context.cascade_restrict()))
                    : columnAction(context.column_action(), span, column).orElseGet(() -> other(context, column));
        }
        return other(context, null);
    }

    private Optional<TableAction> columnAction(Column_actionContext context, Span span, String column) {
        if (context.data_type() != null) {
            return Optional.of(new TableAction.ChangeType(
                    span, column, source.text(context.data_type()), context.USING() != null));
        }
        if (context.NULL() != null) {
            return Optional.of(
                    context.set == null
                            ? new TableAction.DropNotNull(span, column)
                            : new TableAction.SetNotNull(span, column));
        }
        if (context.set_def_column() != null) {
            return Optional.of(new TableAction.SetDefault(span, column));
        }
        if (context.drop_def() != null) {
            return Optional.of(new TableAction.DropDefault(span, column));
        }
        return Optional.empty();
    }

    private TableAction other(ParserRuleContext context, @Nullable String column) {
        var words = Keywords.of(source.text(context)).words();
        return new TableAction.Other(
                source.span(context), String.join(" ", words.subList(0, Math.min(2, words.size()))), column);
    }

    private static boolean cascades(@Nullable Cascade_restrictContext context) {
        return context != null && context.CASCADE() != null;
    }
}
