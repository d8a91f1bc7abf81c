package io.slipway.executor.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sessions on a target in which statements run, and their ends. PostgreSQL works on for a client that is gone until it has
 * something to say to it, which may take hours, and holds Flyway's lock meanwhile. Asked as the role that has logged in: one
 * that was taken on since may not see or end the sessions of that one.
 */
public final class SessionStore {
    private static final int PATIENCE_MS = 10_000;
    private static final String CONNECTION_FAILURE = "08006";

    private SessionStore() {}

    /** When a session began; the epoch when the server does not tell. */
    public static Instant started(Connection connection, int pid) throws SQLException {
        return asLogin(connection, () -> startOf(connection, pid));
    }

    private static Instant startOf(Connection connection, int pid) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select backend_start from pg_stat_activity where pid = ?")) {
            select.setInt(1, pid);
            try (ResultSet row = select.executeQuery()) {
                @Nullable Timestamp started = row.next() ? row.getTimestamp(1) : null;
                return started == null ? Instant.EPOCH : started.toInstant();
            }
        }
    }

    /**
     * Ends a session, if it is still there.
     *
     * @param idle whether to end it as well when it does nothing, since whoever holds it may go on with it
     * @throws SQLException also when it does not end: to be tried again
     */
    public static void end(Connection connection, int pid, Instant started, boolean idle) throws SQLException {
        if (!asLogin(connection, () -> terminate(connection, pid, started, idle))) {
            throw stays();
        }
    }

    /**
     * Ends the sessions of earlier attempts at a run, whose executor is gone, or is taken for dead and is only slow. What they
     * have committed stands, and must be read only afterwards.
     *
     * @param connection as the role that logs in
     * @param name of the sessions of the run
     * @throws SQLException also when one does not end: to be tried again
     */
    public static void endOthers(Connection connection, String name) throws SQLException {
        if (!terminateOthers(connection, name)) {
            throw stays();
        }
    }

    private static SQLException stays() {
        return new SQLException("A session of an earlier attempt does not end.", CONNECTION_FAILURE);
    }

    private static boolean terminateOthers(Connection connection, String name) throws SQLException {
        String sql = """
                select coalesce(bool_and(pg_terminate_backend(pid, ?)), true) from pg_stat_activity
                 where application_name = ? and datname = current_database() and usename = current_user
                   and pid <> pg_backend_pid()
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, PATIENCE_MS);
            select.setString(2, name);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static boolean terminate(Connection connection, int pid, Instant started, boolean idle)
            throws SQLException {
        String sql = """
                select pg_terminate_backend(pid, ?) from pg_stat_activity
                 where pid = ? and backend_start = ? and (? or state = 'active')
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, PATIENCE_MS);
            select.setInt(2, pid);
            select.setTimestamp(3, Timestamp.from(started));
            select.setBoolean(4, idle);
            try (ResultSet row = select.executeQuery()) {
                return !row.next() || row.getBoolean(1);
            }
        }
    }

    /** A question to the server. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private static <T> T asLogin(Connection connection, Question<T> question) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String role;
            try (ResultSet row = statement.executeQuery("select quote_ident(current_setting('role'))")) {
                row.next();
                role = row.getString(1);
            }
            if (role.equals("none")) {
                return question.ask();
            }
            statement.execute("set role none");
            try {
                return question.ask();
            } finally {
                statement.execute("set role " + role);
            }
        }
    }
}
