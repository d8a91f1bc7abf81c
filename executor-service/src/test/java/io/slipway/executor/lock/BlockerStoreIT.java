package io.slipway.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.contracts.Blocker;
import io.slipway.executor.lock.LocksConfig.CancelBlockers;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** One session that idles in a transaction, one that waits for it, and one that looks at both. */
class BlockerStoreIT {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Database database = SharedServers.freshDatabase("blockers");
    private Connection idle;
    private Connection waiter;
    private Connection looker;
    private CompletableFuture<Boolean> wait;

    @BeforeEach
    void block() throws SQLException {
        looker = connect();
        execute(looker, "create table item (id int)");
        idle = connect();
        idle.setAutoCommit(false);
        execute(idle, "lock table item in access share mode");
        waiter = connect();
        wait = CompletableFuture.supplyAsync(() -> execute(waiter, "alter table item add price int"));
        await().until(() -> BlockerStore.look(looker, pid(waiter)).waiting());
    }

    @AfterEach
    void unblock() throws SQLException {
        idle.close();
        wait.join();
        waiter.close();
        looker.close();
    }

    @Test
    void seesWhoIsInTheWayOfASessionThatWaits() throws SQLException {
        // When
        var sight = BlockerStore.look(looker, pid(waiter));
        // Then
        assertThat(sight.blockers()).extracting(Blocker::pid).containsExactly(pid(idle));
        assertThat(BlockerStore.look(looker, pid(idle)).waiting()).isFalse();
    }

    @Test
    void endsNobodyWhoIsNotOfTheKindThatMayBeEnded() throws SQLException {
        assertThat(BlockerStore.cancel(looker, pid(waiter), CancelBlockers.NONE, Duration.ZERO))
                .isEmpty();
        assertThat(BlockerStore.cancel(looker, pid(waiter), CancelBlockers.AUTOVACUUM, Duration.ZERO))
                .isEmpty();
        assertThat(BlockerStore.cancel(looker, pid(waiter), CancelBlockers.IDLE_IN_TRANSACTION, HOUR))
                .isEmpty();
        assertThat(execute(idle, "select 1")).isTrue();
    }

    @Test
    void endsASessionThatHasIdledInItsTransactionForLongEnough() throws SQLException {
        // When
        var ended = BlockerStore.cancel(looker, pid(waiter), CancelBlockers.IDLE_IN_TRANSACTION, Duration.ZERO);
        // Then
        assertThat(ended).containsExactly(pid(idle));
        assertThat(wait.join()).isTrue();
    }

    private static boolean execute(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
