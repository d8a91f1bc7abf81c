package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Plan;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Deadlocks and serialization failures, which PostgreSQL ends at the cost of the migration. The application holds {@code mine} and waits
 * for {@code yours}, which the script holds until it asks for {@code mine}.
 */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class CollisionIT extends ExecutionFixture {
    /** Passes once the application waits, or is gone. */
    private static final String MEET = """
            create function meet() returns void language plpgsql as $$
            begin
              perform set_config('deadlock_timeout', '20ms', true);
              lock table yours;
              while exists (select from pg_locks where relation = 'mine'::regclass and granted and pid <> pg_backend_pid())
                and not exists (select from pg_locks where relation = 'yours'::regclass and not granted) loop
                perform pg_sleep(0.01);
              end loop;
              lock table mine;
            end $$
            """;

    private static final String SCRIPT_HOLDS =
            "select count(*) from pg_locks where relation = 'yours'::regclass and granted and mode = 'AccessExclusiveLock'";

    @BeforeEach
    void twoTables() {
        sql("create table mine (id int)");
        sql("create table yours (id int)");
        sql(MEET);
        plainFlyway(Map.of()).baseline();
    }

    @Test
    void triesATransactionAgainAsAWholeThatADeadlockHasEnded() throws SQLException {
        deadlock(plan(script("2", "meet", "insert into yours values (1); select meet()")));
        assertThat(query("select count(*) from yours")).isEqualTo("1");
    }

    @Test
    void triesAStatementAgainThatADeadlockHasEnded() throws SQLException {
        deadlock(plan(outsideTransaction("2", "meet", "insert into yours values (1);\nselect meet();\n")));
        assertThat(query("select count(*) from yours")).isEqualTo("1");
    }

    @Test
    void triesABatchAgainThatADeadlockHasEnded() throws SQLException {
        // Given
        sql("create table item as select id, 1 as price from generate_series(1, 300) id");
        sql("alter table item add primary key (id)");
        sql("create function meet_row() returns trigger language plpgsql as 'begin perform meet(); return new; end'");
        sql("create trigger meet before update on item for each row when (old.id = 150) execute function meet_row()");
        String raise = "-- slipway:batch table=item key=id size=100\nupdate item set price = price + 1";
        // When
        deadlock(plan(inBatches("2", "raise", raise)));
        // Then
        assertThat(query("select count(*) from item where price = 2")).isEqualTo("300");
    }

    @Test
    void triesATransactionAgainThatCouldNotBeSerialized() throws SQLException {
        // Given
        sql("create table part (id int, price int) partition by range (id)");
        sql("create table part_1 partition of part for values from (1) to (10)");
        sql("create table part_2 partition of part for values from (10) to (20)");
        sql("insert into part values (1, 1)");
        String raise = "set local lock_timeout = '30s'; update part set price = price + 1";
        // When: the row that it waits for goes to another partition
        try (var application = Blockade.of("checkout", "update part set id = 15, price = 10")) {
            announce(run, plan(script("2", "raise", raise)));
            await().until(() -> query(
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'update part%'")
                    .equals("1"));
            application.commit();
        }
        // Then
        ended(MigrationApplied.class);
        assertThat(query("select price from part")).isEqualTo("11");
    }

    @Test
    void buildsAnIndexAgainThatADeadlockHasEnded() throws SQLException {
        // Given
        sql("create table item (id int)");
        // When: it waits for the writer, who then asks for what it holds
        try (var application =
                Blockade.of("checkout", "set local deadlock_timeout = '1h'; insert into item values (1)")) {
            announce(run, plan(outsideTransaction("2", "index", "create index concurrently item_id on item (id)")));
            await().until(() -> query(
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'create index%'")
                    .equals("1"));
            application.run("lock table item in share update exclusive mode");
            assertThat(application.stands()).isTrue();
        }
        // Then
        var script = ended(MigrationApplied.class).migrations().getFirst();
        assertThat(script.figures().lockAttempts()).isGreaterThan(1);
        assertThat(query("select count(*) filter (where indisvalid) || ' of ' || count(*) from pg_index"
                        + " where indrelid = 'item'::regclass"))
                .isEqualTo("1 of 1");
    }

    private void deadlock(Plan plan) throws SQLException {
        try (var application = Blockade.of("checkout", "set local deadlock_timeout = '1h'; lock table mine")) {
            announce(run, plan);
            await().until(() -> query(SCRIPT_HOLDS).equals("1"));
            application.run("lock table yours");
            assertThat(application.stands()).isTrue();
        }
        ended(MigrationApplied.class);
    }
}
