package io.slipway.executor.execution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Attempts at the same run whose executor is gone, or is taken for dead and is only slow. PostgreSQL works on for a client
 * that is gone until it has something to say to it, which may take hours, and holds Flyway's lock meanwhile.
 */
final class EarlierAttempts {
    private static final int PATIENCE_MS = 10_000;
    private static final String CONNECTION_FAILURE = "08006";

    private EarlierAttempts() {}

    /**
     * Ends their sessions. What those have committed stands, and must be read only afterwards.
     *
     * @param target as the role that logs in, which may end its own sessions
     * @param name of the sessions of the run
     * @throws SQLException also when one does not end: to be tried again
     */
    static void end(DataSource target, String name) throws SQLException {
        String sql = """
                select coalesce(bool_and(pg_terminate_backend(pid, ?)), true) from pg_stat_activity
                 where application_name = ? and datname = current_database() and usename = current_user
                   and pid <> pg_backend_pid()
                """;
        try (Connection connection = target.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, PATIENCE_MS);
            select.setString(2, name);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new SQLException("A session of an earlier attempt does not end.", CONNECTION_FAILURE);
                }
            }
        }
    }
}
