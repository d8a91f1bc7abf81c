package io.slipway.sql.parse;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.TransactionControl.Verb;
import java.util.ArrayList;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Explain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_transactionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Truncate_stmtContext;

/** Turns the parse tree of one statement into a {@link Statement}; what has no record of its own is "other". */
final class StatementReader {
    private final SourceText source;
    private final Keywords keywords;
    private final DataStatementReader data;

    StatementReader(SourceText source, Keywords keywords) {
        this.source = source;
        this.keywords = keywords;
        this.data = new DataStatementReader(source);
    }

    Statement read(StatementContext tree) {
        if (tree.data_statement() != null) {
            return data.read(tree.data_statement());
        }
        if (tree.schema_statement() != null) {
            var schema = tree.schema_statement();
            if (schema.schema_create() != null) {
                return new CreateReader(source, data)
                        .read(schema.schema_create())
                        .orElseGet(this::other);
            }
            if (schema.schema_alter() != null) {
                return new AlterReader(source).read(schema.schema_alter()).orElseGet(this::other);
            }
            return new DropReader(source).read(schema.schema_drop()).orElseGet(this::other);
        }
        if (tree.script_statement().script_transaction() != null) {
            return transaction(tree.script_statement().script_transaction());
        }
        return additional(tree.script_statement().script_additional());
    }

    private Statement transaction(Script_transactionContext context) {
        if (context.lock_table() != null || context.PREPARED() != null || context.PREPARE() != null) {
            return other();
        }
        return new Statement.TransactionControl(source.span(), verb(context), keywords.transactional());
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

    private Statement additional(Script_additionalContext context) {
        if (context.explain_statement() != null) {
            return explain(context.explain_statement());
        }
        Additional_statementContext additional = context.additional_statement();
        if (additional == null) {
            return other();
        }
        if (additional.anonymous_block() != null) {
            return new Statement.AnonymousBlock(source.span());
        }
        if (additional.truncate_stmt() != null) {
            return truncate(additional.truncate_stmt());
        }
        if (additional.copy_statement() != null) {
            var copy = additional.copy_statement();
            if (copy.copy_from_statement() != null) {
                var table = copy.copy_from_statement().table_cols().schema_qualified_name();
                return new Statement.Insert(source.span(), source.name(table), false, List.of());
            }
            var query = copy.copy_to_statement().data_statement();
            return query == null ? other() : other(List.of(data.read(query)));
        }
        return other();
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
