package io.slipway.audit.jdbc;

import java.sql.SQLException;

/** The control-plane database refused a statement or is away. */
public final class DatabaseFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseFailed(SQLException cause) {
        super("The control-plane database did not run a statement: " + cause.getMessage(), cause);
    }
}
