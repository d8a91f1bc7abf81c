package io.slipway.audit.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * SQL statements that run in the order in which they were added; neighbours of the same text go to the database in one
 * exchange. Takes part in the transaction of the caller.
 */
public final class Batch {
    private final DataSource database;
    private final List<Group> groups = new ArrayList<>();

    private Batch(DataSource database) {
        this.database = database;
    }

    public static Batch on(DataSource database) {
        return new Batch(database);
    }

    /**
     * @param values as {@link Query} takes them
     */
    public void add(String sql, @Nullable Object... values) {
        if (groups.isEmpty() || !groups.getLast().sql().equals(sql)) {
            groups.add(new Group(sql, new ArrayList<>()));
        }
        groups.getLast().values().add(values);
    }

    /** How many rows each of the statements changed, in their order. */
    public List<Integer> run() {
        if (groups.isEmpty()) {
            return List.of();
        }
        List<Integer> changed = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            for (Group group : groups) {
                for (int rows : group.run(connection)) {
                    changed.add(rows);
                }
            }
        } catch (BatchUpdateException e) {
            // Its own message repeats the statement with all values, which belong neither into a log nor to a dead
            // letter.
            throw new DatabaseFailed(e.getCause() instanceof SQLException refusal ? refusal : e);
        } catch (SQLException e) {
            throw new DatabaseFailed(e);
        }
        return changed;
    }

    private record Group(String sql, List<@Nullable Object[]> values) {
        int[] run(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (@Nullable Object[] row : values) {
                    Parameters.bind(connection, statement, row);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        }
    }
}
