package io.slipway.audit.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One SQL statement with the values of its parameters, in order. Takes part in the transaction of the caller. */
public final class Query {
    private final DataSource database;
    private final String sql;
    private final @Nullable Object[] values;

    private Query(DataSource database, String sql, @Nullable Object[] values) {
        this.database = database;
        this.sql = sql;
        this.values = values;
    }

    /**
     * A statement that is not run yet.
     *
     * @param values records and enums by their text, durations in milliseconds, lists as {@code text[]}; texts lose NUL
     *     characters to U+FFFD, since PostgreSQL refuses those
     */
    public static Query of(DataSource database, String sql, @Nullable Object... values) {
        return new Query(database, sql, values);
    }

    /** How many rows it changed. */
    public int update() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailed(e);
        }
    }

    public <T> List<T> list(RowReader<T> reader) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            Row row = new Row(rows);
            while (rows.next()) {
                found.add(reader.read(row));
            }
            return found;
        } catch (SQLException e) {
            throw new DatabaseFailed(e);
        }
    }

    public <T> Optional<T> first(RowReader<T> reader) {
        return list(reader).stream().findFirst();
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        Parameters.bind(connection, statement, values);
        return statement;
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }
}
