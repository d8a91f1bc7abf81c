package io.slipway.executor.flyway;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** The session behind a connection. */
public final class Sessions {
    private Sessions() {}

    /** The role that it acts as. */
    public static String role(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select current_user")) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * Acts as this role again, whatever a script has left it as: what is recorded of the script goes into tables that the
     * script's role may not be allowed to write to.
     */
    public static void become(Connection connection, String role) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role " + statement.enquoteIdentifier(role, true));
        }
    }

    /** Its process id on the server. */
    public static int processId(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}
