package io.slipway.validator.check.session;

import io.slipway.validator.check.outcome.Judgement;
import java.sql.Connection;
import java.sql.SQLException;

/** The checks of what other sessions keep open. */
public final class SessionChecks {
    private SessionChecks() {}

    public static Judgement longTransactions(Connection target, long limit) throws SQLException {
        return SessionPolicy.longTransactions(SessionStore.transactions(target), limit);
    }

    public static Judgement idleInTransaction(Connection target, long limit) throws SQLException {
        return SessionPolicy.idleInTransaction(SessionStore.idleInTransaction(target), limit);
    }

    public static Judgement prepared(Connection target, long limit) throws SQLException {
        return SessionPolicy.prepared(SessionStore.prepared(target), limit);
    }
}
