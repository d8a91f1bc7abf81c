package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunEnded;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Undo scripts without a transaction that failed half-way and are asked for again. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class ResumeUndoIT extends ExecutionFixture {
    private static final String DROP = "drop index concurrently item_name;\n";
    private static final String LOG = "insert into log values ('ran');\n";
    private static final String UNIQUE = "create unique index concurrently item_old on item (name);\n";
    private static final String ALL = DROP + LOG + UNIQUE;

    @BeforeEach
    void halfUndone() {
        sql("drop schema public cascade");
        sql("create schema public");
        plainFlyway(Map.of("V1__shop.sql", """
                        create table item (id int, name text);
                        create table log (what text);
                        insert into item values (1, 'same'), (2, 'same');
                        """, "V2__index.sql", "create index item_name on item (name)"))
                .migrate();
        var failed = execute(rollback(index(ALL)), RollbackFailed.class);
        assertThat(failed.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        assertThat(failed.failure().line()).isEqualTo(3);
        assertThat(failed.failure().remedy()).contains("With 'resume' it goes on at the statement that failed");
        sql("update item set name = 'other' where id = 2");
    }

    @Test
    void goesOnAtTheStatementThatFailedOnceTheDataFits() {
        // When
        var ended = resume(index(ALL).resumedAt(3), RollbackApplied.class);
        // Then
        assertThat(ended.undone().getFirst().statements()).isEqualTo(3);
        thatItIsUndoneOnce();
        assertThat(query("select string_agg(state, ' ' order by statement) from slipway_ledger_statement"
                        + " where run_id = (select run_id from slipway_ledger where phase = 'DONE')"))
                .isEqualTo("DONE DONE DONE");
    }

    @Test
    void goesOnWhereItStoppedAlthoughARunSinceHasBegunItInVain() {
        // Given
        var again = execute(RunId.random(), rollback(index(ALL)), RollbackFailed.class);
        assertThat(again.failure().line()).isEqualTo(1);
        // When
        resume(index(ALL).resumedAt(3), RollbackApplied.class);
        // Then
        thatItIsUndoneOnce();
    }

    @Test
    void goesOnOnceWhenItIsCutOffWhileItTakesTheScriptOver() throws SQLException {
        // Given
        RunId second = RunId.random();
        try (var _ = Blockade.of("dump", "lock table slipway_ledger_undo in share mode")) {
            announce(second, rollback(index(ALL).resumedAt(3)));
            // When
            await().until(() -> query("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                            + " where wait_event_type = 'Lock' and query ilike 'insert into %slipway_ledger_undo%'")
                    .equals("1"));
        }
        // Then
        probe.await(RollbackApplied.class, fact -> fact.runId().equals(second));
        thatItIsUndoneOnce();
    }

    @Test
    void recordsAVersionThatIsUndoneAndOfWhichTheHistoryDoesNotSaySo() {
        // Given: as a run leaves it that is given up between the two
        resume(index(ALL).resumedAt(3), RollbackApplied.class);
        sql("delete from flyway_schema_history where type = 'DELETE'");
        // When
        resume(index(ALL).resumedAt(4), RollbackApplied.class);
        // Then
        thatItIsUndoneOnce();
    }

    @Test
    void doesNotPassOverAStatementThatIsAnotherOneNow() {
        // Given
        PlannedScript changed = index(DROP + "insert into log values ('other');\n" + UNIQUE);
        // When
        var ended = resume(changed.resumedAt(3), RollbackFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("RESUME_CHANGED");
        assertThat(query("select string_agg(what, ' ') from log")).isEqualTo("ran");
        thatItIsStillApplied();
    }

    @Test
    void refusesAPlanThatTheLedgerHasLeftBehind() {
        // When
        var ended = resume(index(ALL).resumedAt(2), RollbackFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(query("select count(*) from log")).isEqualTo("1");
        thatItIsStillApplied();
    }

    @Test
    void doesNotGoOnWithAVersionThatWasAppliedAnewUnderTheSameRank() {
        // Given
        sql("create index item_name on item (name)");
        sql("update flyway_schema_history set installed_on = now() where version = '2'");
        // When
        var ended = resume(index(ALL).resumedAt(3), RollbackFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(query("select to_regclass('item_name') is not null")).isEqualTo("t");
        thatItIsStillApplied();
    }

    private void thatItIsUndoneOnce() {
        assertThat(query("select count(*) from log")).isEqualTo("1");
        assertThat(query("select string_agg(indexrelid::regclass || ' ' || indisvalid, ', ') from pg_index"
                        + " where indrelid = 'item'::regclass"))
                .isEqualTo("item_old true");
        assertThat(query("select string_agg(version || ' ' || type, ', ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1 SQL, 2 SQL, 2 DELETE");
    }

    private void thatItIsStillApplied() {
        assertThat(query("select string_agg(version || ' ' || type, ', ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1 SQL, 2 SQL");
    }

    private <E extends RunEnded> E resume(PlannedScript script, Class<E> end) {
        return execute(RunId.random(), rollback(script), end);
    }

    private static PlannedScript index(String sql) {
        return undoOutsideTransaction("2", "index", sql);
    }
}
