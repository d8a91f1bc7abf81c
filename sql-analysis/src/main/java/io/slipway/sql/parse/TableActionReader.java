package io.slipway.sql.parse;

import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableAction.AlterConstraint.Enforcement;
import io.slipway.sql.ast.TableAction.TableSetting.Kind;
import io.slipway.sql.source.Span;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_partitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;

/** What an ALTER TABLE does, action by action. */
final class TableActionReader {
    private final SourceText source;
    private final ColumnReader columns;
    private final ConstraintReader constraints;

    TableActionReader(SourceText source) {
        this.source = source;
        this.columns = new ColumnReader(source);
        this.constraints = new ConstraintReader(source);
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
            var value = context.partition_table_value();
            return new TableAction.AttachPartition(
                    span,
                    source.name(value.schema_qualified_name()),
                    new TableReader(source, new DataStatementReader(source)).bound(value.for_values_bound()));
        }
        return new TableAction.DetachPartition(
                span, source.name(context.child), context.CONCURRENTLY() != null, context.FINALIZE() != null);
    }

    private TableAction action(Table_actionContext context) {
        Span span = source.span(context);
        if (context.table_column_definition() != null) {
            return new TableAction.AddColumn(
                    span, columns.read(context.table_column_definition()), context.if_not_exists() != null);
        }
        if (context.tabl_constraint != null) {
            return constraints
                    .read(context.tabl_constraint, null)
                    .<TableAction>map(constraint -> new TableAction.AddConstraint(span, constraint))
                    .orElseGet(() -> other(context, null));
        }
        if (context.drop_constraint() != null) {
            var drop = context.drop_constraint();
            return new TableAction.DropConstraint(
                    span,
                    SourceText.identifier(drop.constraint_name),
                    drop.if_exists() != null,
                    cascades(drop.cascade_restrict()));
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
                    : new ColumnActionReader(source)
                            .read(context.column_action(), span, column)
                            .orElseGet(() -> other(context, column));
        }
        return setting(context, span);
    }

    private TableAction setting(Table_actionContext context, Span span) {
        if (context.TRIGGER() != null) {
            return new TableAction.ToggleTrigger(
                    span,
                    context.trigger_name == null
                            ? null
                            : source.name(context.trigger_name).local(),
                    context.ENABLE() != null,
                    context.ALL() != null);
        }
        if (context.CONSTRAINT() != null) {
            return alterConstraint(context, span);
        }
        if (context.parent_table != null) {
            boolean inherits = context.NO() == null
                    && (context.inherit_option() == null
                            || context.inherit_option().NO() == null);
            return new TableAction.Inherit(span, source.name(context.parent_table), inherits);
        }
        if (context.IDENTITY() != null) {
            return replicaIdentity(context, span);
        }
        Kind kind = kind(context);
        return kind == null ? other(context, null) : new TableAction.TableSetting(span, kind, argument(context));
    }

    private TableAction alterConstraint(Table_actionContext context, Span span) {
        String name = SourceText.identifier(context.identifier());
        String bridged = GrammarGaps.enforcement(source.text(context));
        return new TableAction.AlterConstraint(
                span,
                name.substring(0, name.length() - bridged.length()),
                bridged.isEmpty()
                        ? Enforcement.AS_BEFORE
                        : GrammarGaps.enforces(bridged) ? Enforcement.ENFORCED : Enforcement.NOT_ENFORCED);
    }

    private TableAction replicaIdentity(Table_actionContext context, Span span) {
        if (context.INDEX() != null) {
            return new TableAction.ReplicaIdentity(span, "INDEX", SourceText.identifier(context.identifier()));
        }
        String mode = context.FULL() != null ? "FULL" : context.NOTHING() != null ? "NOTHING" : "DEFAULT";
        return new TableAction.ReplicaIdentity(span, mode, null);
    }

    private static @Nullable Kind kind(Table_actionContext context) {
        if (context.LEVEL() != null) {
            boolean force = context.FORCE() != null;
            boolean no = context.NO() != null;
            return force
                    ? no ? Kind.NO_FORCE_ROW_SECURITY : Kind.FORCE_ROW_SECURITY
                    : context.ENABLE() != null ? Kind.ENABLE_ROW_SECURITY : Kind.DISABLE_ROW_SECURITY;
        }
        if (context.RULE() != null) {
            return Kind.TOGGLE_RULE;
        }
        if (context.CLUSTER() != null) {
            return context.WITHOUT() == null ? Kind.CLUSTER_ON : Kind.WITHOUT_CLUSTER;
        }
        if (context.METHOD() != null) {
            return Kind.ACCESS_METHOD;
        }
        if (context.set_logged() != null) {
            return context.set_logged().LOGGED() == null ? Kind.UNLOGGED : Kind.LOGGED;
        }
        if (context.owner_to() != null) {
            return Kind.OWNER;
        }
        if (context.set_tablespace() != null) {
            return Kind.TABLESPACE;
        }
        return context.storage_parameters() == null && context.names_in_parens() == null ? null : Kind.OPTIONS;
    }

    private @Nullable String argument(Table_actionContext context) {
        if (context.owner_to() != null) {
            return SourceText.identifier(context.owner_to().user_name());
        }
        if (context.set_tablespace() != null) {
            return SourceText.identifier(context.set_tablespace().identifier());
        }
        if (context.access_method_name != null) {
            return SourceText.identifier(context.access_method_name);
        }
        if (context.index_name != null) {
            return source.name(context.index_name).local();
        }
        return context.storage_parameters() == null ? null : source.text(context.storage_parameters());
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
