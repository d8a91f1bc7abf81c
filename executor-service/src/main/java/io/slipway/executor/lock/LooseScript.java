package io.slipway.executor.lock;

import io.slipway.contracts.PlannedScript;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** The statements of one script that runs outside a transaction, each waiting for its locks by itself. */
public final class LooseScript {
    private final LockAttempts attempts;
    private final PlannedScript script;
    private final Connection connection;

    /** What was set last, in ms; a script that sets its own keeps it. */
    private long set;

    private int statement;

    /** @param connection on which the script runs */
    public LooseScript(LockAttempts attempts, PlannedScript script, Connection connection) throws SQLException {
        this.attempts = attempts;
        this.script = script;
        this.connection = connection;
        set = timeout();
    }

    /**
     * Runs something that belongs to the statement at work, as often as it takes.
     *
     * @throws FlywayException as it does, or because its budget is used up
     */
    public void again(Runnable execution) {
        again(execution, timeout -> timeout);
    }

    private void again(Runnable execution, UnaryOperator<Duration> waiting) {
        attempts.run(script.name() + " " + statement, timeout -> {
            prepare(waiting.apply(timeout));
            execution.run();
        });
    }

    /**
     * Runs the next statement, once or as often as it takes.
     *
     * @throws FlywayException as the statement does, or because its budget is used up
     */
    public void run(String sql, Runnable execution) {
        statement++;
        switch (inTransaction() ? LooseRules.Wait.ONCE : LooseRules.of(sql)) {
            case AGAIN -> again(execution);
            case ONCE -> {
                prepare(attempts.longest());
                execution.run();
            }
            case PATIENTLY -> again(execution, _ -> attempts.patience());
        }
    }

    /** For statements beside the script that are in nobody's way. */
    public void waitPatiently() throws SQLException {
        set(attempts.patience());
    }

    private void prepare(Duration timeout) {
        try {
            set(timeout);
        } catch (SQLException e) {
            throw unprepared(e);
        }
    }

    private static FlywayException unprepared(SQLException e) {
        return new FlywayException("A statement cannot be prepared: " + e.getMessage(), e);
    }

    private void set(Duration timeout) throws SQLException {
        if (timeout() == set) {
            LockTimeout.set(connection, timeout);
            set = timeout.toMillis();
        }
    }

    private long timeout() throws SQLException {
        String sql = "select setting::bigint from pg_settings where name = 'lock_timeout'";
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whether the script has opened a transaction itself; a failure in it makes every further statement fail. */
    private boolean inTransaction() {
        try {
            return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
        } catch (SQLException e) {
            throw unprepared(e);
        }
    }
}
