package io.slipway.executor.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** PostgreSQL's {@code lock_timeout} in a session, and how it shows in a failure. */
public final class LockTimeout {
    static final String LOCK_NOT_AVAILABLE = "55P03";

    private LockTimeout() {}

    /** For the session, until it is set anew; set inside a transaction, a rollback takes it back. */
    public static void set(Connection connection, Duration timeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '%dms'".formatted(Math.max(1, timeout.toMillis())));
        }
    }

    /** Whether a lock was not to be had in time. */
    public static boolean causes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
            }
        }
        return false;
    }
}
