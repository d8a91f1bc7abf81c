package io.slipway.executor.lock;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that PostgreSQL has stopped only because others were at work: its transaction is taken back as a whole, and may
 * come to its end when it is tried again.
 */
public final class Collision {
    private static final String DEADLOCK = "40P01";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final Set<String> STATES = Set.of(LockTimeout.LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION_FAILURE);

    private Collision() {}

    /** Whether that is what lies behind a failure. */
    public static boolean causes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return is(sql.getSQLState());
            }
        }
        return false;
    }

    static boolean is(@Nullable String state) {
        return state != null && STATES.contains(state);
    }
}
