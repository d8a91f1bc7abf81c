package io.slipway.sql.parse;

import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.MaintenanceStatement.Reindex.Target;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Boolean_valueContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cluster_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Lock_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Reindex_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_cols_listContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vacuum_modeContext;

/** VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH and LOCK. */
final class MaintenanceReader {
    private final SourceText source;

    MaintenanceReader(SourceText source) {
        this.source = source;
    }

    Statement vacuum(Vacuum_modeContext mode, @Nullable Table_cols_listContext tables) {
        boolean full = mode.FULL() != null
                || mode.vacuum_option().stream()
                        .anyMatch(option -> option.FULL() != null && !isOff(option.boolean_value()));
        boolean analyze = mode.analyze_keyword() != null
                || mode.vacuum_option().stream()
                        .anyMatch(option -> option.analyze_keyword() != null && !isOff(option.boolean_value()));
        return new MaintenanceStatement.Vacuum(source.span(), tables(tables), full, analyze);
    }

    Statement analyze(@Nullable Table_cols_listContext tables) {
        return new MaintenanceStatement.Analyze(source.span(), tables(tables));
    }

    private List<Name> tables(@Nullable Table_cols_listContext context) {
        return context == null
                ? List.of()
                : context.inheritance_specified_table_cols().stream()
                        .map(table -> source.name(table.schema_qualified_name()))
                        .toList();
    }

    Statement cluster(Cluster_stmtContext context) {
        return new MaintenanceStatement.Cluster(
                source.span(),
                context.schema_qualified_name() == null ? null : source.name(context.schema_qualified_name()),
                context.identifier() == null ? null : SourceText.identifier(context.identifier()));
    }

    Statement reindex(Reindex_stmtContext context) {
        var options = context.reindex_options();
        boolean concurrently = context.CONCURRENTLY() != null
                || options != null
                        && options.reindex_option().stream()
                                .anyMatch(option -> option.CONCURRENTLY() != null && !isOff(option.boolean_value()));
        return new MaintenanceStatement.Reindex(
                source.span(),
                target(context),
                context.schema_qualified_name() == null ? null : source.name(context.schema_qualified_name()),
                concurrently);
    }

    private static Target target(Reindex_stmtContext context) {
        if (context.INDEX() != null) {
            return Target.INDEX;
        }
        if (context.TABLE() != null) {
            return Target.TABLE;
        }
        if (context.SCHEMA() != null) {
            return Target.SCHEMA;
        }
        return context.DATABASE() == null ? Target.SYSTEM : Target.DATABASE;
    }

    Statement refresh(Additional_statementContext context) {
        return new MaintenanceStatement.Refresh(
                source.span(),
                source.name(context.schema_qualified_name()),
                context.CONCURRENTLY() != null,
                context.NO() == null);
    }

    Statement lock(Lock_tableContext context) {
        return new MaintenanceStatement.LockTable(
                source.span(),
                context.only_table_multiply().stream()
                        .map(table -> source.name(table.schema_qualified_name()))
                        .toList(),
                context.lock_mode() == null ? "ACCESS EXCLUSIVE" : words(context.lock_mode()),
                context.NOWAIT() != null);
    }

    private String words(ParserRuleContext context) {
        return source.text(context).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    }

    private static boolean isOff(@Nullable Boolean_valueContext value) {
        return value != null
                && switch (value.getText().toLowerCase(Locale.ROOT)) {
                    case "false", "off", "0", "'false'", "'off'" -> true;
                    default -> false;
                };
    }
}
