package io.slipway.executor.rollback;

import io.slipway.executor.lock.LockTimeout;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;

/**
 * Stands around the statements of one undo script in its transaction. One that did not get its lock is taken back to the
 * savepoint before it and tried again at once, while nobody is kept waiting by what the transaction holds already. From
 * the first lock on that keeps a reader or writer waiting there is no savepoint any more: the way out is then to give the
 * whole transaction up, and to come back later. Nor is there from the first statement on that speaks of transactions
 * itself, such as a savepoint of the script's own.
 */
final class Savepoints {
    /** More at once would be one long wait, in which everyone stands who comes after. */
    private static final int ATTEMPTS = 3;

    /** AccessShareLock is what a query takes, ShareUpdateExclusiveLock what a VACUUM takes; Flyway's own lock is advisory. */
    private static final String IN_THE_WAY = """
            select exists (
                select from pg_locks
                 where pid = pg_backend_pid() and granted
                   and locktype not in ('virtualxid', 'transactionid', 'advisory')
                   and mode not in ('AccessShareLock', 'ShareUpdateExclusiveLock'))
            """;

    /** Statements that may end ours or be ended with it; in the body of a function it costs a savepoint and nothing else. */
    private static final Pattern TRANSACTION_WORD = Pattern.compile(
            "\\b(?:savepoint|release|begin|start|commit|end|rollback|abort)\\b", Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private boolean without;

    /** @param connection in the transaction of the script */
    Savepoints(Connection connection) {
        this.connection = connection;
    }

    /** Runs the execution of the next statement. */
    void run(String sql, Runnable execution) {
        try {
            without = without || TRANSACTION_WORD.matcher(sql).find() || inTheWay();
            if (without) {
                execution.run();
            } else {
                attempt(execution);
            }
        } catch (SQLException e) {
            throw new FlywayException("A savepoint around a statement failed: " + e.getMessage(), e);
        }
    }

    private void attempt(Runnable execution) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            Savepoint savepoint = connection.setSavepoint();
            try {
                execution.run();
                connection.releaseSavepoint(savepoint);
                return;
            } catch (FlywayException e) {
                if (attempt == ATTEMPTS || !LockTimeout.causes(e)) {
                    throw e;
                }
                connection.rollback(savepoint);
            }
        }
    }

    private boolean inTheWay() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(IN_THE_WAY)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
