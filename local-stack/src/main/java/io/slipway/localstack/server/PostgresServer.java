package io.slipway.localstack.server;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server, ready for use, with the superuser {@value #USER}. Start one with {@link Servers}. */
public sealed interface PostgresServer extends AutoCloseable permits PostgresProcess, PostgresInContainer {

    String USER = "postgres";

    /** The superuser's password; the server listens on the loopback interface only, yet asks for it. */
    String PASSWORD = "postgres";

    String host();

    int port();

    boolean isAlive();

    /** The server's process on this machine; nothing for a container. */
    Optional<ProcessHandle> handle();

    /** The last lines of the server's log. */
    List<String> logTail();

    /** Ends all sessions, shuts down in order and deletes the data of an ephemeral server. */
    void stop();

    /** SIGKILL to the server and all its backends; the data stays. */
    void kill();

    /** Starts again after {@link #kill()} with the same port and data, and returns when the server answers. */
    void restart();

    /** Names a database of this server, which need not exist. */
    default Database database(String name) {
        return new Database(host(), port(), name, USER, PASSWORD);
    }

    default Database createDatabase(String name) {
        try (var connection = dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
            return database(name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the database " + name, e);
        }
    }

    default boolean hasDatabase(String name) {
        try (var connection = dataSource("postgres").getConnection();
                var statement = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look up the database " + name, e);
        }
    }

    /** {@code jdbc:postgresql://host:port/database} */
    default String jdbcUrl(String database) {
        return database(database).jdbcUrl();
    }

    /** {@code postgresql://user:password@host:port/database} */
    default String url(String database) {
        return database(database).url();
    }

    /** Unpooled connections of the superuser. */
    default PGSimpleDataSource dataSource(String database) {
        return database(database).dataSource();
    }

    @Override
    default void close() {
        stop();
    }
}
