package io.slipway.validator.check.session;

import io.slipway.targets.session.QueryExcerpt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what the sessions of the target's database are at. */
final class SessionStore {
    private static final int MOST = 20;

    private SessionStore() {}

    static Sessions transactions(Connection target) throws SQLException {
        return sessions(target, "xact_start", "xact_start IS NOT NULL");
    }

    static Sessions idleInTransaction(Connection target) throws SQLException {
        return sessions(target, "state_change", "state LIKE 'idle in transaction%'");
    }

    /** To a role that may not look into a session its state is absent, as is its kind; a fast-path session has one. */
    private static Sessions sessions(Connection target, String since, String condition) throws SQLException {
        List<OpenTransaction> open = new ArrayList<>();
        int hidden = 0;
        String sql = """
                SELECT pid, coalesce(usename, 'unknown'), coalesce(application_name, ''),
                       extract(epoch FROM clock_timestamp() - %s)::bigint, left(query, 200),
                       (SELECT count(*) FROM pg_stat_activity
                         WHERE datname = current_database() AND usesysid IS NOT NULL AND backend_type IS NULL)
                  FROM (VALUES (1)) AS one_row_at_least
                  LEFT JOIN pg_stat_activity
                    ON datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                   AND %s
                 ORDER BY 4 DESC LIMIT ?
                """.formatted(since, condition);
        try (PreparedStatement select = target.prepareStatement(sql)) {
            select.setInt(1, MOST);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    hidden = row.getInt(6);
                    int pid = row.getInt(1);
                    if (pid != 0) {
                        open.add(new OpenTransaction(
                                pid,
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                QueryExcerpt.of(row.getString(5))));
                    }
                }
            }
        }
        return new Sessions(open, hidden);
    }

    /** Everybody may read them. */
    static List<PreparedTransaction> prepared(Connection target) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                SELECT gid, owner, extract(epoch FROM clock_timestamp() - prepared)::bigint
                  FROM pg_prepared_xacts WHERE database = current_database() ORDER BY prepared LIMIT ?
                """)) {
            select.setInt(1, MOST);
            try (ResultSet row = select.executeQuery()) {
                List<PreparedTransaction> prepared = new ArrayList<>();
                while (row.next()) {
                    prepared.add(new PreparedTransaction(row.getString(1), row.getString(2), row.getLong(3)));
                }
                return prepared;
            }
        }
    }
}
