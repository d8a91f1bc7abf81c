package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.Assignment;
import io.slipway.sql.ast.Statement.Filter;
import io.slipway.sql.ast.Uses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Delete_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Insert_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Into_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Merge_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_opsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_setContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.With_clauseContext;

/** SELECT, INSERT, UPDATE, DELETE and MERGE, also inside of each other. */
final class DataStatementReader {
    private final SourceText source;

    DataStatementReader(SourceText source) {
        this.source = source;
    }

    /** What COPY and TABLE do. */
    static Uses reading(Name table) {
        return new Uses(List.of(table), List.of(), true, List.of(), List.of(), List.of(), List.of(), false);
    }

    Statement read(Data_statementContext context) {
        if (context.insert_stmt_for_psql() != null) {
            return insert(context.insert_stmt_for_psql());
        }
        if (context.update_stmt_for_psql() != null) {
            return update(context.update_stmt_for_psql());
        }
        if (context.delete_stmt_for_psql() != null) {
            return delete(context.delete_stmt_for_psql());
        }
        if (context.merge_stmt_for_psql() != null) {
            return merge(context.merge_stmt_for_psql());
        }
        return select(context.select_stmt());
    }

    /** The statements in the WITH clause of a query that change something. */
    List<Statement> changesIn(Select_stmtContext context) {
        List<Statement> changes = new ArrayList<>(changesIn(context.with_clause()));
        if (context.select_ops().select_stmt() != null) {
            changes.addAll(changesIn(context.select_ops().select_stmt()));
        }
        return changes;
    }

    private List<Statement> changesIn(@Nullable With_clauseContext context) {
        if (context == null) {
            return List.of();
        }
        List<Statement> changes = new ArrayList<>();
        for (var query : context.with_query()) {
            Statement statement = read(query.data_statement());
            if (statement instanceof Statement.Query) {
                changes.addAll(statement.parts());
            } else {
                changes.add(statement);
            }
        }
        return changes;
    }

    private Statement select(Select_stmtContext context) {
        List<Statement> parts = changesIn(context);
        return into(context.select_ops())
                .map(into -> (Statement) new Statement.CreateTable(
                        source.span(context),
                        source.name(into.schema_qualified_name()),
                        TableReader.persistence(into.TEMP(), into.TEMPORARY(), into.UNLOGGED()),
                        false,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        true,
                        UsesReader.of(source, context),
                        true,
                        parts))
                .orElseGet(() -> new Statement.Query(source.span(context), UsesReader.of(source, context), parts));
    }

    private static Optional<Into_tableContext> into(Select_opsContext context) {
        if (context.select_primary() != null) {
            return Optional.ofNullable(context.select_primary().into_table());
        }
        if (context.select_stmt() != null) {
            return into(context.select_stmt().select_ops());
        }
        return context.select_ops().isEmpty() ? Optional.empty() : into(context.select_ops(0));
    }

    private Statement insert(Insert_stmt_for_psqlContext context) {
        List<Statement> parts = new ArrayList<>(changesIn(context.with_clause()));
        boolean fromQuery = false;
        if (context.select_stmt() != null) {
            parts.addAll(changesIn(context.select_stmt()));
            var primary = context.select_stmt().select_ops().select_primary();
            fromQuery = primary == null || primary.values_stmt() == null;
        }
        return new Statement.Insert(
                source.span(context),
                source.name(context.insert_table_name),
                fromQuery,
                UsesReader.of(source, context),
                parts);
    }

    private Statement update(Update_stmt_for_psqlContext context) {
        List<Assignment> assignments = context.FROM() == null ? assignments(context.update_set()) : List.of();
        return new Statement.Update(
                source.span(context),
                source.name(context.update_table_name),
                filter(context.WHERE(), context.vex()),
                assignments,
                UsesReader.of(source, context),
                changesIn(context.with_clause()));
    }

    private List<Assignment> assignments(List<Update_setContext> sets) {
        List<Assignment> assignments = new ArrayList<>();
        for (var set : sets) {
            if (set.column.size() != 1
                    || set.value.size() != 1
                    || set.LEFT_PAREN().size() > 0) {
                return List.of();
            }
            assignments.add(new Assignment(source.text(set.column.getFirst()), source.text(set.value.getFirst())));
        }
        return assignments;
    }

    private Statement delete(Delete_stmt_for_psqlContext context) {
        return new Statement.Delete(
                source.span(context),
                source.name(context.delete_table_name),
                filter(context.WHERE(), context.vex()),
                UsesReader.of(source, context),
                changesIn(context.with_clause()));
    }

    private Statement merge(Merge_stmt_for_psqlContext context) {
        boolean deletes = context.when_condition().stream()
                .anyMatch(when ->
                        when.merge_matched() != null && when.merge_matched().DELETE() != null);
        return new Statement.Merge(
                source.span(context),
                source.name(context.merge_table_name),
                deletes,
                UsesReader.of(source, context),
                changesIn(context.with_clause()));
    }

    private static Filter filter(@Nullable TerminalNode where, @Nullable VexContext condition) {
        if (where == null) {
            return Filter.NONE;
        }
        // No expression: WHERE CURRENT OF a cursor.
        return condition != null && Tautology.holds(condition) ? Filter.TAUTOLOGY : Filter.RESTRICTING;
    }
}
