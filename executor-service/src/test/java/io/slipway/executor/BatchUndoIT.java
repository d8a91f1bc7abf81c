package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Undo scripts in batches, of which each but the last changes 100 rows. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class BatchUndoIT extends ExecutionFixture {
    private static final String ITEMS = """
            create table item (id int primary key, price int not null default 1);
            insert into item select generate_series(1, 450);
            """;

    private static final String MARKER = "-- slipway:batch table=item key=id size=100\n";
    private static final String NOT_UNDONE = "select count(*) from item where price <> 1";

    private final PlannedScript lower = undoInBatches("2", "raise", MARKER + "update item set price = price - 1");

    @BeforeEach
    void raisedPrices() {
        var raise = inBatches("2", "raise", MARKER + "update item set price = price + 1");
        execute(RunId.random(), plan(script("1", "items", ITEMS), raise), MigrationApplied.class);
    }

    @Test
    void takesAVersionBackInBatchesAndTheNextRunGoesOn() throws SQLException {
        // Given
        try (var _ = Blockade.of("checkout", "select from item where id = 250 for update")) {
            Plan back = rollback(lower);
            announce(run, back);
            await().until(() -> query("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database() and query like 'update item%'")
                    .equals("1"));
            probe.publish(Topics.EVENTS, new StopOrdered(run, TARGET, back.digest(), "ada", "The checkout waits"));
            var ended = ended(RollbackFailed.class);
            assertThat(ended.failure().message()).contains("2 batches", "U2__raise.sql", "200 rows");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        }
        // When
        var undone = execute(RunId.random(), rollback(lower), RollbackApplied.class);
        // Then
        assertThat(undone.undone().getFirst().rowsAffected()).isEqualTo(450);
        assertThat(query(NOT_UNDONE)).isEqualTo("0");
        assertThat(query("select string_agg(version || ' ' || type, ', ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1 SQL, 2 SQL, 2 DELETE");
    }

    @Test
    void beginsAtTheFirstRowWhenTheVersionWasAppliedAnewSince() {
        // Given
        sql("alter table item add check (id < 250 or price > 1)");
        execute(RunId.random(), rollback(lower), RollbackFailed.class);
        sql("alter table item drop constraint item_check; update item set price = 2");
        sql("""
                insert into flyway_schema_history
                select rank, '2', 'raise', type, 'V2__raise.sql', null, 'ada', now(), 0, true
                  from (values (3, 'DELETE'), (4, 'SQL')) as since (rank, type)
                """);
        // When
        execute(RunId.random(), rollback(lower), RollbackApplied.class);
        // Then
        assertThat(query(NOT_UNDONE)).isEqualTo("0");
    }
}
