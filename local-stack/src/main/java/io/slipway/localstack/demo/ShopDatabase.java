package io.slipway.localstack.demo;

import io.slipway.localstack.server.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;

/** The shop's own database, beside all that Slipway does to it. */
final class ShopDatabase {

    private static final String SAMPLE_DATA = "sample-data.sql";

    private final Database database;

    ShopDatabase(Database database) {
        this.database = database;
    }

    /** A year of customers and orders; the schema must be that of the first release. */
    void fill() {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sampleData());
        } catch (SQLException e) {
            throw new IllegalStateException("The sample data does not fit the schema", e);
        }
    }

    private static String sampleData() {
        try (InputStream file = Objects.requireNonNull(
                ShopDatabase.class.getResourceAsStream(SAMPLE_DATA), "the build puts it beside this class")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + SAMPLE_DATA, e);
        }
    }

    /** The number that the query gives. */
    long number(String query) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new IllegalStateException("No row from: " + query);
            }
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look into the shop's database with: " + query, e);
        }
    }

    boolean holds(String condition) {
        return number("SELECT (" + condition + ")::int") == 1;
    }
}
