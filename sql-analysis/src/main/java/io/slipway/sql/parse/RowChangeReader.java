package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.RowChange;
import io.slipway.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Delete_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IdentifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_setContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** The parts of an UPDATE or DELETE. */
final class RowChangeReader {
    private final SourceText source;

    RowChangeReader(SourceText source) {
        this.source = source;
    }

    /** Empty for other statements. */
    Optional<RowChange> read(StatementContext tree) {
        Data_statementContext data = tree.data_statement();
        if (data == null) {
            return Optional.empty();
        }
        List<Statement> inside = new DataStatementReader(source).read(data).parts();
        if (data.update_stmt_for_psql() != null) {
            return Optional.of(update(data.update_stmt_for_psql(), inside));
        }
        return data.delete_stmt_for_psql() == null
                ? Optional.empty()
                : Optional.of(delete(data.delete_stmt_for_psql(), inside));
    }

    private RowChange update(Update_stmt_for_psqlContext update, List<Statement> inside) {
        Name table = source.name(update.update_table_name);
        List<String> assigned = update.update_set().stream()
                .map(Update_setContext::indirection_identifier)
                .flatMap(List::stream)
                .map(column -> SourceText.identifier(column.identifier()))
                .toList();
        return change(
                table,
                update.ONLY(),
                update.alias,
                assigned,
                update.vex(),
                obstacles(inside, update.cursor, update.returning_select_list_with_alias() != null));
    }

    private RowChange delete(Delete_stmt_for_psqlContext delete, List<Statement> inside) {
        Name table = source.name(delete.delete_table_name);
        return change(
                table,
                delete.ONLY(),
                delete.alias,
                List.of(),
                delete.vex(),
                obstacles(inside, delete.cursor, delete.returning_select_list_with_alias() != null));
    }

    private RowChange change(
            Name table,
            @Nullable TerminalNode only,
            @Nullable IdentifierContext alias,
            List<String> assigned,
            @Nullable VexContext condition,
            List<String> obstacles) {
        int end = source.text().length();
        return new RowChange(
                table,
                only != null,
                Name.quoted(alias == null ? table.local() : SourceText.identifier(alias)),
                assigned,
                condition == null ? end : SourceText.start(condition),
                condition == null ? end : SourceText.end(condition),
                obstacles);
    }

    private static List<String> obstacles(List<Statement> inside, @Nullable IdentifierContext cursor, boolean returns) {
        List<String> obstacles = new ArrayList<>();
        if (!inside.isEmpty()) {
            obstacles.add("its WITH clause changes rows, and would do so in every batch");
        }
        if (cursor != null) {
            obstacles.add("WHERE CURRENT OF means the one row of a cursor");
        }
        if (returns) {
            obstacles.add("it has RETURNING, and nobody reads what it returns");
        }
        return obstacles;
    }
}
