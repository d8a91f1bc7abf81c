package io.slipway.executor;

import io.slipway.eventing.SharedServersResource;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** A session of an application that has read a table and keeps its transaction open. */
final class Blockade implements AutoCloseable {
    private final Connection connection;

    private Blockade(Connection connection) {
        this.connection = connection;
    }

    static Blockade of(String application, String query) throws SQLException {
        var source = SharedServersResource.target();
        source.setApplicationName(application);
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(query);
        }
        return new Blockade(connection);
    }

    int pid() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    boolean stands() {
        try (var statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** Takes more. */
    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Is at work until someone cancels it. */
    void work() {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_sleep(300)");
        } catch (SQLException e) {
            // cancelled: the transaction is over, and its locks are gone
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
