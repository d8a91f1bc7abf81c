package io.slipway.executor.watch;

import io.slipway.executor.progress.Activity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What PostgreSQL tells of long statements of another session, in {@code pg_stat_progress_*}. */
final class ActivityStore {
    private static final int SECONDS = 5;

    private ActivityStore() {}

    /** Unknown for statements that PostgreSQL does not report about, and to a role that may not look. */
    static Activity look(Connection connection, int pid) throws SQLException {
        String sql = """
                select phase, least(100, 100 * done / nullif(total, 0))::int from (
                    select pid, command || ': ' || phase as phase,
                           case when blocks_total > 0 then blocks_done
                                when tuples_total > 0 then tuples_done else lockers_done end as done,
                           case when blocks_total > 0 then blocks_total
                                when tuples_total > 0 then tuples_total else lockers_total end as total
                      from pg_stat_progress_create_index
                    union all
                    select pid, command || ': ' || phase, heap_blks_scanned, heap_blks_total from pg_stat_progress_cluster
                    union all
                    select pid, 'VACUUM: ' || phase, heap_blks_scanned, heap_blks_total from pg_stat_progress_vacuum
                    union all
                    select pid, 'ANALYZE: ' || phase, sample_blks_scanned, sample_blks_total from pg_stat_progress_analyze
                    union all
                    select pid, command, bytes_processed, bytes_total from pg_stat_progress_copy) progress
                 where pid = ? and phase is not null
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setQueryTimeout(SECONDS);
            select.setInt(1, pid);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Activity.working(row.getString(1), row.getObject(2, Integer.class))
                        : Activity.UNKNOWN;
            }
        }
    }
}
