package io.slipway.validator.check.replication;

import io.slipway.validator.check.outcome.Judgement;
import java.sql.Connection;
import java.sql.SQLException;

/** The checks of those that receive the WAL. */
public final class ReplicationChecks {
    private ReplicationChecks() {}

    public static Judgement lag(Connection target, long limit) throws SQLException {
        return ReplicationPolicy.lag(ReplicationStore.replicas(target), limit);
    }

    public static Judgement slots(Connection target, long limit) throws SQLException {
        return ReplicationPolicy.slots(ReplicationStore.slots(target), limit);
    }
}
