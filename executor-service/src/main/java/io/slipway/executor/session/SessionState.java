package io.slipway.executor.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a session was like before a script ran in it. A script may set its own role, search path or time limits and not set
 * them back; the next one is to find what the rehearsal has it find, and what is recorded of the script goes into tables that
 * the script's role may not be allowed to write to. Flyway sets only the role back, and the search path not always.
 *
 * @param role {@code none} for the one that logged in
 */
public record SessionState(String role, String searchPath, String statementTimeout, String idleTimeout) {

    /** For those who send more in the same round trip. */
    public static final String RESTORE = """
            select set_config('role', ?, false), set_config('search_path', ?, false),
                   set_config('statement_timeout', ?, false),
                   set_config('idle_in_transaction_session_timeout', ?, false)
            """;

    /** How many parameters that has. */
    public static final int SETTINGS = 4;

    /** As it is now. */
    public static SessionState read(Connection connection) throws SQLException {
        String sql = """
                select current_setting('role'), current_setting('search_path'), current_setting('statement_timeout'),
                       current_setting('idle_in_transaction_session_timeout')
                """;
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return new SessionState(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
        }
    }

    /** Makes the session so again, in one round trip. */
    public void restore(Connection connection) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(RESTORE)) {
            restore(set);
            set.execute();
        }
    }

    /** Fills in a statement that begins with {@link #RESTORE}. */
    public void restore(PreparedStatement set) throws SQLException {
        set.setString(1, role);
        set.setString(2, searchPath);
        set.setString(3, statementTimeout);
        set.setString(4, idleTimeout);
    }
}
