package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.TargetId;
import io.slipway.targets.pool.SessionRefused;
import java.sql.SQLException;

/** Tells a target that refuses a question from one that is lost in the middle of it. */
final class TargetRefusal {
    private static final String CONNECTION = "08";
    private static final String SHUTDOWN = "57P";

    private TargetRefusal() {}

    /**
     * @throws SQLException the same one when asking again may help
     */
    static Failure of(TargetId target, SQLException e) throws SQLException {
        if (e instanceof SessionRefused refused) {
            return refused.failure();
        }
        String state = e.getSQLState();
        if (state == null || state.startsWith(CONNECTION) || state.startsWith(SHUTDOWN)) {
            throw e;
        }
        return new Failure(
                "TARGET_REFUSES",
                "The target '%s' does not let its history be read: %s".formatted(target, e.getMessage()),
                "Grant the target's role the right to read the schema and its flyway_schema_history.",
                state,
                null,
                0);
    }
}
