package io.slipway.sql.parse;

import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.source.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_materialized_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_owner_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rename_toContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_schemaContext;

/** ALTER: tables and views with their actions, and the renaming of other objects. */
final class AlterReader {
    private final SourceText source;
    private final TableActionReader actions;

    AlterReader(SourceText source) {
        this.source = source;
        this.actions = new TableActionReader(source);
    }

    Optional<Statement> read(Schema_alterContext context) {
        if (context.alter_table_statement() != null) {
            return Optional.of(table(context.alter_table_statement()));
        }
        if (context.alter_view_statement() != null) {
            return view(context.alter_view_statement());
        }
        if (context.alter_materialized_view_statement() != null) {
            return materializedView(context.alter_materialized_view_statement());
        }
        if (context.alter_index_statement() != null) {
            return index(context.alter_index_statement());
        }
        if (context.alter_schema_statement() != null) {
            var schema = context.alter_schema_statement();
            return rename(ObjectKind.SCHEMA, Name.of(SourceText.identifier(schema.identifier())), schema.rename_to());
        }
        return others(context);
    }

    private Optional<Statement> others(Schema_alterContext context) {
        if (context.alter_sequence_statement() != null) {
            return sequence(context.alter_sequence_statement());
        }
        if (context.alter_type_statement() != null) {
            return new TypeReader(source).alter(context.alter_type_statement());
        }
        if (context.alter_domain_statement() != null) {
            return new TypeReader(source).alter(context.alter_domain_statement());
        }
        if (context.alter_policy_statement() != null) {
            return Optional.of(new TableObjectReader(source).alter(context.alter_policy_statement()));
        }
        if (context.alter_publication_statement() != null) {
            return Optional.of(new TableObjectReader(source).alter(context.alter_publication_statement()));
        }
        if (context.alter_function_statement() != null) {
            return new RoutineReader(source).alter(context.alter_function_statement());
        }
        return context.alter_owner_statement() == null ? Optional.empty() : owner(context.alter_owner_statement());
    }

    private Optional<Statement> sequence(Alter_sequence_statementContext context) {
        Name name = source.name(context.name);
        if (context.rename_to() != null || context.set_schema() != null) {
            return move(ObjectKind.SEQUENCE, context.name, context.rename_to(), context.set_schema());
        }
        Name owner = context.sequence_body().stream()
                .filter(body -> body.col_name != null)
                .map(body -> source.name(body.col_name))
                .map(column -> column.schema() == null ? column : Name.of(column.schema()))
                .findFirst()
                .orElse(null);
        return Optional.of(new MaintenanceStatement.AlterSequence(source.span(), name, owner));
    }

    private Optional<Statement> index(Alter_index_statementContext context) {
        var action = context.index_def_action();
        if (action == null) {
            return Optional.empty();
        }
        Span span = source.span(action);
        if (action.rename_to() != null) {
            return rename(ObjectKind.INDEX, source.name(context.schema_qualified_name()), action.rename_to());
        }
        TableAction change = action.index != null
                ? new TableAction.AttachPartition(span, source.name(action.index), null)
                : new TableAction.TableSetting(
                        span,
                        action.set_tablespace() == null
                                ? TableAction.TableSetting.Kind.OPTIONS
                                : TableAction.TableSetting.Kind.TABLESPACE,
                        null);
        return Optional.of(alter(ObjectKind.INDEX, context.schema_qualified_name(), change));
    }

    private Optional<Statement> owner(Alter_owner_statementContext context) {
        var object = context.owner_member_object();
        ObjectKind kind = object.VIEW() == null
                ? object.SEQUENCE() == null ? null : ObjectKind.SEQUENCE
                : object.MATERIALIZED() == null ? ObjectKind.VIEW : ObjectKind.MATERIALIZED_VIEW;
        return kind == null
                ? Optional.empty()
                : Optional.of(alter(
                        kind,
                        object.name,
                        new TableAction.TableSetting(
                                source.span(context.owner_to()),
                                TableAction.TableSetting.Kind.OWNER,
                                SourceText.identifier(context.owner_to().user_name()))));
    }

    private Statement table(Alter_table_statementContext context) {
        ObjectKind kind = context.FOREIGN() == null ? ObjectKind.TABLE : ObjectKind.FOREIGN_TABLE;
        return new Statement.AlterTable(
                source.span(),
                source.name(context.name),
                kind,
                context.if_exists() != null,
                context.ONLY() != null,
                actions.read(context));
    }

    private Optional<Statement> view(Alter_view_statementContext context) {
        var action = context.alter_view_action();
        if (action.RENAME() != null) {
            return Optional.of(alter(
                    ObjectKind.VIEW,
                    context.name,
                    new TableAction.RenameColumn(
                            source.span(action),
                            SourceText.identifier(action.identifier(0)),
                            SourceText.identifier(action.identifier(1)))));
        }
        if (action.storage_parameters() != null || action.names_in_parens() != null) {
            return Optional.of(alter(
                    ObjectKind.VIEW,
                    context.name,
                    new TableAction.TableSetting(
                            source.span(action), TableAction.TableSetting.Kind.OPTIONS, source.text(action))));
        }
        return move(ObjectKind.VIEW, context.name, action.rename_to(), action.set_schema());
    }

    private Optional<Statement> materializedView(Alter_materialized_view_statementContext context) {
        var action = context.alter_materialized_view_action();
        if (action == null) {
            return Optional.empty();
        }
        Schema_qualified_nameContext name = context.schema_qualified_name();
        if (action.RENAME() != null) {
            return Optional.of(alter(
                    ObjectKind.MATERIALIZED_VIEW,
                    name,
                    new TableAction.RenameColumn(
                            source.span(action),
                            SourceText.identifier(action.identifier(0)),
                            SourceText.identifier(action.identifier(1)))));
        }
        return move(ObjectKind.MATERIALIZED_VIEW, name, action.rename_to(), action.set_schema());
    }

    private Optional<Statement> move(
            ObjectKind kind,
            Schema_qualified_nameContext name,
            @Nullable Rename_toContext rename,
            @Nullable Set_schemaContext schema) {
        if (schema != null) {
            return Optional.of(alter(
                    kind,
                    name,
                    new TableAction.SetSchema(source.span(schema), SourceText.identifier(schema.identifier()))));
        }
        return rename(kind, source.name(name), rename);
    }

    private Statement alter(ObjectKind kind, Schema_qualified_nameContext name, TableAction action) {
        return new Statement.AlterTable(source.span(), source.name(name), kind, false, false, List.of(action));
    }

    private Optional<Statement> rename(ObjectKind kind, Name name, @Nullable Rename_toContext rename) {
        return Optional.ofNullable(rename)
                .map(to -> new Statement.RenameObject(source.span(), kind, name, SourceText.identifier(to.name)));
    }
}
