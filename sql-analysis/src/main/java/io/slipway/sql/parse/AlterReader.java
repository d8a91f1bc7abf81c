package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_materialized_view_statementContext;
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
            var index = context.alter_index_statement();
            return index.index_def_action() == null
                    ? Optional.empty()
                    : rename(
                            ObjectKind.INDEX,
                            source.name(index.schema_qualified_name()),
                            index.index_def_action().rename_to());
        }
        if (context.alter_sequence_statement() != null) {
            var sequence = context.alter_sequence_statement();
            return rename(ObjectKind.SEQUENCE, source.name(sequence.name), sequence.rename_to());
        }
        if (context.alter_type_statement() != null) {
            var type = context.alter_type_statement();
            return rename(ObjectKind.TYPE, source.name(type.name), type.rename_to());
        }
        if (context.alter_schema_statement() != null) {
            var schema = context.alter_schema_statement();
            return rename(ObjectKind.SCHEMA, Name.of(SourceText.identifier(schema.identifier())), schema.rename_to());
        }
        return Optional.empty();
    }

    private Statement table(Alter_table_statementContext context) {
        ObjectKind kind = context.FOREIGN() == null ? ObjectKind.TABLE : ObjectKind.FOREIGN_TABLE;
        return new Statement.AlterTable(
                source.span(), source.name(context.name), kind, context.if_exists() != null, actions.read(context));
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
        return new Statement.AlterTable(source.span(), source.name(name), kind, false, List.of(action));
    }

    private Optional<Statement> rename(ObjectKind kind, Name name, @Nullable Rename_toContext rename) {
        return Optional.ofNullable(rename)
                .map(to -> new Statement.RenameObject(source.span(), kind, name, SourceText.identifier(to.name)));
    }
}
