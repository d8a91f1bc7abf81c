package io.slipway.executor.measure;

import io.slipway.executor.lock.LockWait;
import io.slipway.executor.session.SessionState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Measures the scripts of one execution. */
public final class Gauges {
    private final ReadingStore readings;
    private final LockWait waits;

    private Gauges(ReadingStore readings, LockWait waits) {
        this.readings = readings;
        this.waits = waits;
    }

    /** @param connection in auto-commit mode, as the role that runs the scripts */
    public static Gauges of(Connection connection, LockWait waits) throws SQLException {
        return new Gauges(ReadingStore.of(connection), waits);
    }

    /**
     * For a script in its transaction, which has begun: makes the session what it was, and sets how long to wait for locks.
     *
     * @param shared whether other scripts run in the same transaction
     */
    public ScriptGauge inTransaction(Connection connection, SessionState session, Duration lockTimeout, boolean shared)
            throws SQLException {
        return new ScriptGauge(
                readings, connection, waits, true, readings.open(connection, session, lockTimeout, shared));
    }

    /** For a script without a transaction, whose rows PostgreSQL does not tell: makes the session what it was. */
    public ScriptGauge outside(Connection connection, SessionState session) throws SQLException {
        return new ScriptGauge(readings, connection, waits, false, readings.open(connection, session));
    }
}
