package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.localstack.supervise.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The executor, killed with {@code kill -9} while it waits for a lock; its session waits on without it. */
class KillAtALockE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HISTORY =
            "SELECT version, type, success FROM flyway_schema_history ORDER BY installed_rank";
    private static final ScriptFile TABLE =
            new ScriptFile("V1__item.sql", "CREATE TABLE item (name text); INSERT INTO item VALUES ('one'), ('one');");

    private final Stack stack = Stack.running();
    private final Target target = stack.newTarget();

    @Test
    void migrationThatWaitedForATableIsDoneOnceTheTableIsFree() throws SQLException {
        // Given
        var column = new ScriptFile(
                "V2__column.sql", "INSERT INTO item VALUES ('two'); ALTER TABLE item ADD COLUMN price int;");
        stack.events().awaitEnd(stack.requests().migrate(target, TABLE));

        // When
        var run = killedAt("item", () -> stack.requests().migrate(target, TABLE, column));

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        assertThat(stack.events().ends(run)).hasSize(1);
        assertThat(target.sql().value("SELECT count(*) FROM item WHERE name = 'two'"))
                .isEqualTo("1");
        assertThat(target.sql().rows(HISTORY)).containsExactly("1|SQL|t", "2|SQL|t");
    }

    @Test
    void rollbackOfAHalfFailedVersionThatStillHadToForgetItsRowDoesSo() throws SQLException {
        // Given
        var index = new ScriptFile("V2__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY item_name ON item (name);");
        var undo = new ScriptFile("U2__index.sql", "DROP INDEX CONCURRENTLY IF EXISTS item_name;");
        stack.events().awaitEnd(stack.requests().migrate(target, TABLE));
        var failed = stack.requests().migrate(target, TABLE, index, undo);
        assertThat(stack.events().awaitEnd(failed)).isInstanceOf(MigrationFailed.class);
        assertThat(target.sql().rows(HISTORY)).containsExactly("1|SQL|t", "2|SQL|f");

        // When
        var run = killedAt("flyway_schema_history", () -> stack.requests().rollBack(target, "1"));

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(RollbackApplied.class);
        assertThat(stack.events().ends(run)).hasSize(1);
        assertThat(target.sql().rows(HISTORY)).containsExactly("1|SQL|t");
        assertThat(target.sql().value("SELECT to_regclass('item_name') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void batchesGoOnBehindTheLastOneThatWasCommitted() throws SQLException {
        // Given
        var items = new ScriptFile("V1__items.sql", """
                CREATE TABLE item (id int PRIMARY KEY, price int NOT NULL DEFAULT 1);
                INSERT INTO item SELECT generate_series(1, 500);
                """);
        var raise = new ScriptFile("V2__raise.sql", """
                -- slipway:batch table=item key=id size=100
                UPDATE item SET price = price + 1 WHERE id > 0;
                """);
        stack.events().awaitEnd(stack.requests().migrate(target, items));

        // When
        var run = killedAt(
                "SELECT FROM item WHERE id = 250 FOR UPDATE",
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database() AND query ILIKE 'update item%')",
                () -> stack.requests().migrate(target, items, raise));

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        assertThat(stack.events().ends(run)).hasSize(1);
        assertThat(target.sql().rows("SELECT price, count(*) FROM item GROUP BY price"))
                .containsExactly("2|500");
        assertThat(target.sql().rows("SELECT batches, rows_changed, last_key FROM slipway_ledger_batch"))
                .containsExactly("5|500|500");
        assertThat(target.sql().rows(HISTORY)).containsExactly("1|SQL|t", "2|SQL|t");
    }

    /** Nobody may write to the table, and nobody change it; a validator may still read. */
    private RunId killedAt(String table, Supplier<RunId> request) throws SQLException {
        return killedAt(
                "LOCK TABLE %s IN SHARE MODE".formatted(table),
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = '%s'::regclass)".formatted(table),
                request);
    }

    private RunId killedAt(String lock, String waits, Supplier<RunId> request) throws SQLException {
        RunId run;
        try (var holder = target.database().dataSource().getConnection();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(lock);
            run = request.get();
            await("the executor waits for " + lock)
                    .atMost(PATIENCE)
                    .until(() -> target.sql().value(waits).equals("t"));
            stack.service(Service.EXECUTOR).kill();
        }
        stack.service(Service.EXECUTOR).restart();
        return run;
    }
}
