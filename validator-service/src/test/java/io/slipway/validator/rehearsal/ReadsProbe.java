package io.slipway.validator.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Tells which tables a transaction reads from end to end. */
final class ReadsProbe {
    private static final String READS = """
            select schemaname || '.' || relname, seq_scan, seq_tup_read
            from pg_stat_xact_user_tables
            where seq_scan > 0 and schemaname !~ '^pg_'
            """;

    private record Reads(long begun, long rows) {}

    private final Connection connection;
    private Map<String, Reads> last = Map.of();

    ReadsProbe(Connection connection) {
        this.connection = connection;
    }

    /** How many rows were read of which table since this was last asked; 0 of a table that was read and has none. */
    Map<String, Long> sinceLast() {
        Map<String, Reads> now = new TreeMap<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(READS)) {
            while (rows.next()) {
                now.put(rows.getString(1), new Reads(rows.getLong(2), rows.getLong(3)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The statistics of the transaction cannot be read", e);
        }
        Map<String, Long> read = new TreeMap<>();
        now.forEach((table, reads) -> {
            Reads before = last.getOrDefault(table, new Reads(0, 0));
            if (reads.begun() > before.begun()) {
                read.put(table, reads.rows() - before.rows());
            }
        });
        last = now;
        return read;
    }
}
