package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_as_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_columnsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_partitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_defContext;

/** CREATE, and SET, which the grammar counts among it. */
final class CreateReader {
    private final SourceText source;
    private final DataStatementReader data;
    private final ColumnReader columns;

    CreateReader(SourceText source, DataStatementReader data) {
        this.source = source;
        this.data = data;
        this.columns = new ColumnReader(source);
    }

    Optional<Statement> read(Schema_createContext context) {
        if (context.create_table_statement() != null) {
            return Optional.of(table(context.create_table_statement()));
        }
        if (context.create_table_as_statement() != null) {
            return Optional.of(tableAs(context.create_table_as_statement()));
        }
        if (context.create_foreign_table_statement() != null) {
            return Optional.of(
                    object(ObjectKind.FOREIGN_TABLE, source.name(context.create_foreign_table_statement().name)));
        }
        if (context.create_index_statement() != null) {
            return Optional.of(index(context.create_index_statement()));
        }
        if (context.create_view_statement() != null) {
            return Optional.of(view(context.create_view_statement()));
        }
        if (context.create_schema_statement() != null) {
            var schema = context.create_schema_statement();
            // Without a name the schema is called like its owner.
            ParserRuleContext name = schema.name == null ? schema.user_name() : schema.name;
            return Optional.of(new Statement.CreateSchema(
                    source.span(), SourceText.identifier(name), schema.if_not_exists() != null));
        }
        if (context.set_statement() != null) {
            return searchPath(context.set_statement());
        }
        return named(context);
    }

    private Optional<Statement> named(Schema_createContext context) {
        if (context.create_sequence_statement() != null) {
            return Optional.of(sequence(context.create_sequence_statement()));
        }
        if (context.create_type_statement() != null) {
            return Optional.of(object(ObjectKind.TYPE, source.name(context.create_type_statement().name)));
        }
        if (context.create_domain_statement() != null) {
            return Optional.of(object(ObjectKind.DOMAIN, source.name(context.create_domain_statement().name)));
        }
        if (context.create_function_statement() != null) {
            return Optional.of(routine(context.create_function_statement()));
        }
        if (context.create_extension_statement() != null) {
            return Optional.of(object(
                    ObjectKind.EXTENSION, Name.of(SourceText.identifier(context.create_extension_statement().name))));
        }
        if (context.create_database_statement() != null) {
            Name name = Name.of(
                    SourceText.identifier(context.create_database_statement().identifier()));
            return Optional.of(
                    new Statement.CreateObject(source.span(), ObjectKind.DATABASE, name, false, false, false));
        }
        return Optional.empty();
    }

    private Statement table(Create_table_statementContext context) {
        var definition = context.define_table();
        return new Statement.CreateTable(
                source.span(),
                source.name(context.name),
                persistence(context.TEMP(), context.TEMPORARY(), context.UNLOGGED()),
                context.if_not_exists() != null,
                definitions(definition.define_columns()).stream()
                        .filter(def -> def.table_column_definition() != null)
                        .map(def -> columns.read(def.table_column_definition()))
                        .toList(),
                definitions(definition.define_columns()).stream()
                        .filter(def -> def.tabl_constraint != null)
                        .flatMap(def -> columns.constraint(def.tabl_constraint).stream())
                        .toList(),
                parent(definition.define_partition()),
                context.partition_by() != null,
                false,
                List.of());
    }

    private static List<Table_column_defContext> definitions(@Nullable Define_columnsContext context) {
        return context == null ? List.of() : context.table_column_def();
    }

    private @Nullable Name parent(@Nullable Define_partitionContext context) {
        return context == null ? null : source.name(context.parent_table);
    }

    private Statement tableAs(Create_table_as_statementContext context) {
        return new Statement.CreateTable(
                source.span(),
                source.name(context.name),
                persistence(context.TEMP(), context.TEMPORARY(), context.UNLOGGED()),
                context.if_not_exists() != null,
                List.of(),
                List.of(),
                null,
                false,
                true,
                context.select_stmt() == null ? List.of() : data.changesIn(context.select_stmt()));
    }

    private Statement index(Create_index_statementContext context) {
        return new Statement.CreateIndex(
                source.span(),
                context.name == null ? null : SourceText.identifier(context.name),
                source.name(context.table_name),
                context.UNIQUE() != null,
                context.CONCURRENTLY() != null,
                context.if_not_exists() != null,
                context.ONLY() != null,
                source.textAfter(context.table_name).strip());
    }

    private Statement view(Create_view_statementContext context) {
        return new Statement.CreateView(
                source.span(),
                source.name(context.name),
                context.MATERIALIZED() != null,
                context.REPLACE() != null,
                context.TEMP() != null || context.TEMPORARY() != null);
    }

    private Statement sequence(Create_sequence_statementContext context) {
        boolean temporary = context.TEMP() != null || context.TEMPORARY() != null;
        return new Statement.CreateObject(
                source.span(), ObjectKind.SEQUENCE, source.name(context.name), false, temporary, true);
    }

    private Statement routine(Create_function_statementContext context) {
        Schema_qualified_nameContext name = context.function_parameters().schema_qualified_name();
        return new Statement.CreateObject(
                source.span(), ObjectKind.ROUTINE, source.name(name), context.REPLACE() != null, false, true);
    }

    private Statement object(ObjectKind kind, Name name) {
        return new Statement.CreateObject(source.span(), kind, name, false, false, true);
    }

    /** {@code SET [LOCAL | SESSION] search_path}: from here on it decides what names without a schema mean. */
    private Optional<Statement> searchPath(Set_statementContext context) {
        var option = context.set_action().session_local_option();
        boolean isPath = option != null
                && option.config_param != null
                && option.config_scope == null
                && SourceText.identifier(option.config_param).equals("search_path");
        if (!isPath) {
            return Optional.empty();
        }
        List<String> schemas = new ArrayList<>();
        if (option.set_statement_value() != null) {
            for (var value : option.set_statement_value().vex()) {
                String text = source.text(value);
                boolean quoted = text.length() > 1 && (text.startsWith("'") || text.startsWith("\""));
                schemas.add(quoted ? text.substring(1, text.length() - 1) : text.toLowerCase(Locale.ROOT));
            }
        }
        return Optional.of(new Statement.SetSearchPath(source.span(), schemas));
    }

    static Persistence persistence(
            @Nullable TerminalNode temp, @Nullable TerminalNode temporary, @Nullable TerminalNode unlogged) {
        if (temp != null || temporary != null) {
            return Persistence.TEMPORARY;
        }
        return unlogged == null ? Persistence.PERMANENT : Persistence.UNLOGGED;
    }
}
