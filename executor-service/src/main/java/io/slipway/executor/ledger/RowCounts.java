package io.slipway.executor.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session did to rows, as PostgreSQL counts it: inserts, updates and deletes of every table, those by triggers
 * included. TRUNCATE and tables dropped in the same transaction are not counted.
 *
 * @param byTable changed rows by schema-qualified table
 */
public record RowCounts(Map<String, Long> byTable) {

    public RowCounts {
        byTable = Map.copyOf(byTable);
    }

    /**
     * Reads what the session has not handed to the statistics yet. That may include transactions before this one, for up
     * to a second: take one reading at the beginning of the transaction and one before its commit, and {@linkplain
     * #since subtract}. Nothing is handed over while a transaction runs.
     */
    public static RowCounts read(Connection connection) throws SQLException {
        String sql = """
                select schemaname || '.' || relname, n_tup_ins + n_tup_upd + n_tup_del
                  from pg_stat_xact_all_tables
                 where n_tup_ins + n_tup_upd + n_tup_del > 0
                   and schemaname not in ('pg_catalog', 'pg_toast', 'information_schema')
                   and relname not in ('flyway_schema_history', 'slipway_ledger', 'slipway_ledger_statement')
                """;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            Map<String, Long> rows = new TreeMap<>();
            while (row.next()) {
                rows.merge(row.getString(1), row.getLong(2), Long::sum);
            }
            return new RowCounts(rows);
        }
    }

    /** What was added since an earlier reading. */
    public RowCounts since(RowCounts earlier) {
        Map<String, Long> added = new TreeMap<>();
        byTable.forEach((table, rows) -> {
            long more = rows - earlier.byTable.getOrDefault(table, 0L);
            if (more > 0) {
                added.put(table, more);
            }
        });
        return new RowCounts(added);
    }

    public long rows() {
        return byTable.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Sorted. */
    public List<String> tables() {
        return byTable.keySet().stream().sorted().toList();
    }
}
