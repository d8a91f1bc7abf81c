package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;

/** CREATE, and what the grammar counts among it: SET, GRANT, COMMENT. */
final class CreateReader {
    private final SourceText source;
    private final TableReader tables;

    CreateReader(SourceText source, DataStatementReader data) {
        this.source = source;
        this.tables = new TableReader(source, data);
    }

    Optional<Statement> read(Schema_createContext context) {
        if (context.create_table_statement() != null) {
            return Optional.of(tables.table(context.create_table_statement()));
        }
        if (context.create_table_as_statement() != null) {
            return Optional.of(tables.tableAs(context.create_table_as_statement()));
        }
        if (context.create_foreign_table_statement() != null) {
            return Optional.of(
                    object(ObjectKind.FOREIGN_TABLE, source.name(context.create_foreign_table_statement().name)));
        }
        if (context.create_index_statement() != null) {
            return Optional.of(tables.index(context.create_index_statement()));
        }
        if (context.create_view_statement() != null) {
            return Optional.of(view(context.create_view_statement()));
        }
        if (context.create_schema_statement() != null) {
            var schema = context.create_schema_statement();
            // Without a name the schema is called like its owner.
            ParserRuleContext name = schema.name == null ? schema.user_name() : schema.name;
            if (name == null) {
                throw new Refused(source.span().start(), "the schema has no name");
            }
            return Optional.of(new Statement.CreateSchema(
                    source.span(), SourceText.identifier(name), schema.if_not_exists() != null, List.of()));
        }
        return named(context)
                .or(() -> new TableObjectReader(source).create(context))
                .or(() -> new AccessReader(source).read(context));
    }

    private Optional<Statement> named(Schema_createContext context) {
        if (context.create_sequence_statement() != null) {
            return Optional.of(sequence(context.create_sequence_statement()));
        }
        if (context.create_type_statement() != null) {
            return Optional.of(new TypeReader(source).create(context.create_type_statement()));
        }
        if (context.create_domain_statement() != null) {
            return Optional.of(new TypeReader(source).create(context.create_domain_statement()));
        }
        if (context.create_function_statement() != null) {
            return Optional.of(new RoutineReader(source).create(context.create_function_statement()));
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

    private Statement view(Create_view_statementContext context) {
        return new Statement.CreateView(
                source.span(),
                source.name(context.name),
                context.MATERIALIZED() != null,
                context.REPLACE() != null,
                context.TEMP() != null || context.TEMPORARY() != null,
                context.if_not_exists() != null,
                context.NO() == null,
                UsesReader.of(source, context.v_query));
    }

    private Statement sequence(Create_sequence_statementContext context) {
        boolean temporary = context.TEMP() != null || context.TEMPORARY() != null;
        return new Statement.CreateObject(
                source.span(), ObjectKind.SEQUENCE, source.name(context.name), false, temporary, true);
    }

    private Statement object(ObjectKind kind, Name name) {
        return new Statement.CreateObject(source.span(), kind, name, false, false, true);
    }
}
