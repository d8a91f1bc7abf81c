package io.slipway.executor.session;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The session behind a connection. */
public final class Sessions {
    private Sessions() {}

    /** Its process id on the server. */
    public static int processId(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}
