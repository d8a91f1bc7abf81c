package io.slipway.executor.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the current transaction did to rows, as PostgreSQL counts it: inserts, updates and deletes of every table, those
 * by triggers included. TRUNCATE and tables dropped in the same transaction are not counted.
 *
 * @param tables schema-qualified, sorted
 */
public record RowCounts(long rows, List<String> tables) {

    public RowCounts {
        tables = List.copyOf(tables);
    }

    /** Reads before the commit; {@code pg_stat_xact_all_tables} knows nothing afterwards. */
    public static RowCounts ofTransaction(Connection connection) throws SQLException {
        String sql = """
                select schemaname || '.' || relname, n_tup_ins + n_tup_upd + n_tup_del
                  from pg_stat_xact_all_tables
                 where n_tup_ins + n_tup_upd + n_tup_del > 0
                   and schemaname not in ('pg_catalog', 'pg_toast', 'information_schema')
                   and relname not in ('flyway_schema_history', 'slipway_ledger')
                 order by 1
                """;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            long rows = 0;
            List<String> tables = new ArrayList<>();
            while (row.next()) {
                tables.add(row.getString(1));
                rows += row.getLong(2);
            }
            return new RowCounts(rows, tables);
        }
    }
}
