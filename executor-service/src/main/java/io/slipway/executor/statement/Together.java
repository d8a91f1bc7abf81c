package io.slipway.executor.statement;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/** Runs a statement and records it in one transaction, so that both have happened or neither. */
final class Together {
    private static final String REFUSES_A_TRANSACTION = "25001";

    private Together() {}

    /** Writes what is recorded. */
    @FunctionalInterface
    interface Recording {
        void write() throws SQLException;
    }

    /**
     * @throws FlywayException as the execution does, or because the transaction cannot be committed
     */
    static void run(Connection connection, Runnable execution, Recording recording) {
        try {
            connection.setAutoCommit(false);
            try {
                execution.run();
                recording.write();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new FlywayException("A statement cannot be committed: " + e.getMessage(), e);
        }
    }

    /**
     * Commits the transaction that is under way, in which the statement has run.
     *
     * @throws FlywayException because it cannot be committed
     */
    static void commit(Connection connection, Recording recording) {
        run(connection, () -> {}, recording);
    }

    private static void rollback(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Whether PostgreSQL lets the statement run outside a transaction only; it has done nothing then. */
    static boolean refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return REFUSES_A_TRANSACTION.equals(sql.getSQLState());
            }
        }
        return false;
    }
}
