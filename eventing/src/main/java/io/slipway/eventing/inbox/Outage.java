package io.slipway.eventing.inbox;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Tells an outage of the control-plane database, which ends, from a bug, which does not. */
final class Outage {
    /**
     * Classes of PostgreSQL's SQLSTATE that pass: 08 connection, 25 a standby that is read-only yet, 40 rollback by the
     * server (serialization, deadlock), 53 out of resources, 57 shutdown and cancellation, 58 errors of the system below.
     */
    private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "57", "58");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private Outage() {}

    static boolean causes(Throwable failure) {
        boolean transaction = false;
        for (Throwable e = failure; e != null; e = e.getCause() == e ? null : e.getCause()) {
            if (e instanceof SQLException sql) {
                return passes(sql);
            }
            transaction |= e instanceof RollbackException
                    || e instanceof SystemException
                    || e instanceof HeuristicMixedException
                    || e instanceof HeuristicRollbackException
                    || e instanceof XAException;
        }
        return transaction;
    }

    private static boolean passes(SQLException e) {
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || passes(e.getSQLState());
    }

    /** No state at all comes from the pool, not from the server: a closed pool or none free in time. */
    private static boolean passes(@Nullable String state) {
        return state == null
                || state.equals(LOCK_NOT_AVAILABLE)
                || (state.length() == 5 && PASSING.contains(state.substring(0, 2)));
    }
}
