package io.slipway.executor.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
        // The view pg_stat_xact_all_tables would first join and group the indexes of all of PostgreSQL's own tables.
        String sql = """
                select n.nspname || '.' || c.relname, changed.rows
                  from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace,
                       lateral (select pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
                                     + pg_stat_get_xact_tuples_deleted(c.oid) as rows) changed
                 where c.relkind in ('r', 'p', 'm')
                   and n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema')
                   and c.relname <> 'flyway_schema_history' and c.relname not like 'slipway\\_ledger%'
                   and changed.rows > 0
                """;
        // Prepared, so that PostgreSQL keeps its plan over many scripts.
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
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
