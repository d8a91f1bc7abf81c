package io.slipway.targets.flyway;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Where a session looks for names without a schema. */
public final class SearchPath {
    private SearchPath() {}

    /** The schemas that are there and usable, in order; PostgreSQL's own ones left out. */
    public static List<String> of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_schemas(false)")) {
            row.next();
            return List.copyOf(Arrays.asList((String[]) row.getArray(1).getArray()));
        }
    }
}
