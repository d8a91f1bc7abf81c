package io.slipway.executor.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements of one transaction, and a session that holds a table of theirs. */
class SavepointsIT {
    private final Database database = SharedServers.freshDatabase("savepoints");
    private final List<String> tried = new ArrayList<>();
    private Connection undo;
    private Connection other;
    private Savepoints savepoints;

    @BeforeEach
    void hold() throws SQLException {
        undo = connect();
        execute(undo, "create table free (id int); create table held (id int); set lock_timeout = '50ms'");
        undo.setAutoCommit(false);
        savepoints = new Savepoints(undo);
        other = connect();
        other.setAutoCommit(false);
        execute(other, "lock table held in access share mode");
    }

    @AfterEach
    void close() throws SQLException {
        undo.close();
        other.close();
    }

    @Test
    void triesAStatementAgainAtOnceAndKeepsWhatWasDoneBefore() throws SQLException {
        // Given
        run("select count(*) from free");

        // When
        savepoints.run("drop table held", () -> {
            tried.add("drop");
            if (tried.size() == 3) {
                letGo();
            }
            statement("drop table held");
        });
        undo.commit();

        // Then
        assertThat(tried).containsExactly("select count(*) from free", "drop", "drop");
        assertThat(present("held")).isFalse();
    }

    @Test
    void givesUpAfterAFewAttempts() {
        // When
        assertThatThrownBy(() -> run("drop table held")).isInstanceOf(FlywayException.class);

        // Then
        assertThat(tried).hasSize(3);
    }

    @Test
    void neverWaitsAgainWithALockThatKeepsOthersWaiting() {
        // Given
        run("alter table free add name text");

        // When
        assertThatThrownBy(() -> run("drop table held")).isInstanceOf(FlywayException.class);

        // Then
        assertThat(tried).containsExactly("alter table free add name text", "drop table held");
    }

    @Test
    void leavesTheSavepointsOfTheScriptAlone() throws SQLException {
        // When
        run("savepoint mine");
        run("drop table free");
        run("rollback to mine");
        undo.commit();

        // Then
        assertThat(present("free")).isTrue();
    }

    @Test
    void doesNotTryAgainWhatFailsForAnotherReason() {
        // When
        assertThatThrownBy(() -> run("drop table nowhere")).isInstanceOf(FlywayException.class);

        // Then
        assertThat(tried).hasSize(1);
    }

    private void run(String sql) {
        savepoints.run(sql, () -> {
            tried.add(sql);
            statement(sql);
        });
    }

    private void statement(String sql) {
        try {
            execute(undo, sql);
        } catch (SQLException e) {
            throw new FlywayException(e.getMessage(), e);
        }
    }

    private void letGo() {
        try {
            other.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private boolean present(String table) throws SQLException {
        try (var statement = undo.createStatement();
                var row = statement.executeQuery("select to_regclass('%s') is not null".formatted(table))) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
