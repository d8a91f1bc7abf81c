package io.slipway.validator.check.server;

import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.check.outcome.Judgement;
import java.sql.Connection;
import java.sql.SQLException;

/** The checks of what the server has left. */
public final class ServerChecks {
    private ServerChecks() {}

    public static Judgement connections(Connection target, long limit) throws SQLException {
        return ServerPolicy.connections(ServerStore.connections(target), limit);
    }

    public static Judgement wraparound(Connection target, LiveRelations relations, long limit) throws SQLException {
        return ServerPolicy.wraparound(ServerStore.ages(target, relations), limit);
    }
}
