package io.slipway.targets.pool;

import io.slipway.contracts.Failure;
import java.sql.SQLException;

/** The target does not let its sessions be as they are configured; asking again does not help. */
public final class SessionRefused extends SQLException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    SessionRefused(Failure failure) {
        super(failure.message(), failure.sqlState());
        this.failure = failure;
    }

    /** For people. */
    public Failure failure() {
        return failure;
    }
}
