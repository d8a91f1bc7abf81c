package io.slipway.sql.parse;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.RoutineStatement;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.TransactionControl.Verb;
import io.slipway.sql.ast.Uses;
import java.util.ArrayList;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Copy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Explain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_transactionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Truncate_stmtContext;

/** Turns the parse tree of one statement into a {@link Statement}; what has no record of its own is "other". */
final class StatementReader {
    private final SourceText source;
    private final Keywords keywords;
    private final DataStatementReader data;

    StatementReader(SourceText source) {
        this.source = source;
        this.keywords = Keywords.of(source.statementText());
        this.data = new DataStatementReader(source);
    }

    Statement read(StatementContext tree) {
        if (tree.data_statement() != null) {
            return data.read(tree.data_statement());
        }
        if (tree.schema_statement() != null) {
            return schema(tree.schema_statement());
        }
        if (tree.script_statement().script_transaction() != null) {
            return transaction(tree.script_statement().script_transaction());
        }
        return script(tree.script_statement().script_additional());
    }

    Statement schema(Schema_statementContext tree) {
        if (tree.schema_create() != null) {
            return new CreateReader(source, data).read(tree.schema_create()).orElseGet(this::other);
        }
        if (tree.schema_alter() != null) {
            return new AlterReader(source).read(tree.schema_alter()).orElseGet(this::other);
        }
        return new DropReader(source).read(tree.schema_drop()).orElseGet(this::other);
    }

    private Statement transaction(Script_transactionContext context) {
        if (context.lock_table() != null) {
            return new MaintenanceReader(source).lock(context.lock_table());
        }
        if (context.PREPARED() != null || context.PREPARE() != null) {
            return other();
        }
        String savepoint = context.identifier() == null ? null : SourceText.identifier(context.identifier());
        return new Statement.TransactionControl(source.span(), verb(context), savepoint, keywords.transactional());
    }

    private static Verb verb(Script_transactionContext context) {
        if (context.START() != null || context.BEGIN() != null) {
            return Verb.BEGIN;
        }
        if (context.COMMIT() != null || context.END() != null) {
            return Verb.COMMIT;
        }
        if (context.RELEASE() != null) {
            return Verb.RELEASE_SAVEPOINT;
        }
        if (context.identifier() != null) {
            return context.ROLLBACK() == null ? Verb.SAVEPOINT : Verb.ROLLBACK_TO_SAVEPOINT;
        }
        return Verb.ROLLBACK;
    }

    private Statement script(Script_additionalContext context) {
        if (context.explain_statement() != null) {
            return explain(context.explain_statement());
        }
        if (context.vacuum_mode() != null) {
            return new MaintenanceReader(source).vacuum(context.vacuum_mode(), context.table_cols_list());
        }
        if (context.function_call() != null) {
            var functions = UsesReader.of(source, context.function_call()).functions();
            return functions.isEmpty() ? other() : new RoutineStatement.Call(source.span(), functions.getFirst());
        }
        return context.additional_statement() == null ? other() : additional(context.additional_statement());
    }

    Statement additional(Additional_statementContext context) {
        MaintenanceReader maintenance = new MaintenanceReader(source);
        if (context.anonymous_block() != null) {
            return new RoutineReader(source).block(context.anonymous_block());
        }
        if (context.truncate_stmt() != null) {
            return truncate(context.truncate_stmt());
        }
        if (context.copy_statement() != null) {
            return copy(context.copy_statement());
        }
        if (context.cluster_stmt() != null) {
            return maintenance.cluster(context.cluster_stmt());
        }
        if (context.reindex_stmt() != null) {
            return maintenance.reindex(context.reindex_stmt());
        }
        if (context.REFRESH() != null) {
            return maintenance.refresh(context);
        }
        if (context.analyze_keyword() != null) {
            return maintenance.analyze(context.table_cols_list());
        }
        return context.RESET() == null ? other() : reset(context);
    }

    private Statement reset(Additional_statementContext context) {
        if (context.identifier().isEmpty()) {
            return context.TIME() == null ? other() : parameter("timezone");
        }
        String name = SourceText.identifier(context.identifier().getLast());
        if (context.identifier().size() > 1) {
            return parameter(SourceText.identifier(context.identifier(0)) + "." + name);
        }
        return name.equals("search_path") ? new Statement.SetSearchPath(source.span(), List.of()) : parameter(name);
    }

    private Statement parameter(String name) {
        return new AccessStatement.SetParameter(source.span(), name, List.of(), false);
    }

    private Statement copy(Copy_statementContext copy) {
        if (copy.copy_from_statement() != null) {
            var table = copy.copy_from_statement().table_cols().schema_qualified_name();
            return new Statement.Insert(source.span(), source.name(table), false, Uses.NOTHING, List.of());
        }
        var query = copy.copy_to_statement().data_statement();
        if (query != null) {
            return new Statement.Query(source.span(), UsesReader.of(source, query), List.of(data.read(query)));
        }
        var table = source.name(copy.copy_to_statement().table_cols().schema_qualified_name());
        return new Statement.Query(source.span(), DataStatementReader.reading(table), List.of());
    }

    private Statement truncate(Truncate_stmtContext context) {
        var tables = context.only_table_multiply().stream()
                .map(table -> source.name(table.schema_qualified_name()))
                .toList();
        boolean cascade =
                context.cascade_restrict() != null && context.cascade_restrict().CASCADE() != null;
        return new Statement.Truncate(source.span(), tables, cascade);
    }

    /** EXPLAIN runs its statement only with ANALYZE. */
    private Statement explain(Explain_statementContext context) {
        boolean runs = context.analyze_keyword() != null
                || context.explain_option().stream().anyMatch(option -> option.analyze_keyword() != null);
        List<Statement> parts = new ArrayList<>();
        if (runs && context.explain_query().data_statement() != null) {
            parts.add(data.read(context.explain_query().data_statement()));
        }
        return other(parts);
    }

    private Statement other() {
        return other(List.of());
    }

    private Statement other(List<Statement> parts) {
        return new Statement.Other(source.span(), keywords.kind(), keywords.transactional(), parts);
    }
}
