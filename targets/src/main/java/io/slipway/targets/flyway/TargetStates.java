package io.slipway.targets.flyway;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.TargetState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Reads what a plan is made against, and what must be the same when it is applied. */
public final class TargetStates {
    private TargetStates() {}

    /** Whether the history table exists or not; four short queries on one connection. */
    public static TargetState read(DataSource target, FlywaySettings settings) throws SQLException {
        try (Connection connection = target.getConnection()) {
            return read(connection, settings);
        }
    }

    /** The same on a connection that is already there; opens and ends no transaction. */
    public static TargetState read(Connection connection, FlywaySettings settings) throws SQLException {
        return read(connection, SchemaHistory.read(connection, settings));
    }

    /** The same around a history that was read just now. */
    public static TargetState read(Connection connection, SchemaHistory history) throws SQLException {
        // The identifier may be read by everybody unless EXECUTE was revoked; asking first keeps a transaction usable.
        String query = """
                SELECT split_part(current_setting('server_version'), ' ', 1),
                       current_database(),
                       has_function_privilege('pg_control_system()', 'EXECUTE')
                """;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return new TargetState(
                    row.getString(1),
                    row.getString(2),
                    row.getBoolean(3) ? systemIdentifier(connection) : null,
                    history.currentVersion().orElse(null),
                    history.digest(),
                    history.applied().size() + history.repeatables().size());
        }
    }

    private static String systemIdentifier(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier::text FROM pg_control_system()")) {
            row.next();
            return row.getString(1);
        }
    }
}
