package io.slipway.acceptance.stack;

import io.slipway.localstack.server.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Statements on a database, as its owner would type them. */
public record Sql(Database database) {

    /** All of it in one go; several statements are one transaction. */
    public void execute(String sql) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("%s does not take: %s".formatted(database, sql), e);
        }
    }

    /** The rows, their columns joined by {@code |}. */
    public List<String> rows(String sql) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                var columns = new ArrayList<String>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    columns.add(Objects.requireNonNullElse(rows.getString(column), "-"));
                }
                found.add(String.join("|", columns));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("%s does not answer: %s".formatted(database, sql), e);
        }
    }

    /** The one value of the one row. */
    public String value(String sql) {
        return rows(sql).getFirst();
    }

    /** Flyway's history without the columns that differ from one run to the next. */
    public List<String> history(String schema) {
        return rows("""
                select version, description, type, script, checksum, success
                from %s.flyway_schema_history order by installed_rank""".formatted(schema));
    }

    public List<String> history() {
        return history("public");
    }
}
