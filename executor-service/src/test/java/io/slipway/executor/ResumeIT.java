package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RunEnded;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts without a transaction that failed half-way and are asked for again. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class ResumeIT extends ExecutionFixture {
    private static final String LOG = "insert into log values ('ran');\n";
    private static final String UNIQUE = "create unique index concurrently item_name on item (name);\n";
    private static final String LAST = "create index concurrently item_id on item (id);\n";

    @BeforeEach
    void rowsThatAreNotUnique() {
        sql("drop schema public cascade");
        sql("create schema public");
        plainFlyway(Map.of("V1__shop.sql", """
                        create table item (id int, name text);
                        create table log (what text);
                        insert into item values (1, 'same'), (2, 'same');
                        """)).migrate();
    }

    @Test
    void goesOnAtTheStatementThatFailedOnceTheDataFits() {
        // Given
        var failed = execute(plan(indexes(LOG + UNIQUE + LAST)), MigrationFailed.class);
        assertThat(failed.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        assertThat(failed.failure().sqlState()).isEqualTo("23505");
        assertThat(failed.failure().line()).isEqualTo(2);
        assertThat(failed.failure().remedy()).contains("resume");
        assertThat(query("select indisvalid from pg_index where indexrelid = 'item_name'::regclass"))
                .isEqualTo("f");
        sql("update item set name = 'other' where id = 2");
        // When
        var ended = resume(indexes(LOG + UNIQUE + LAST).resumedAt(2), MigrationApplied.class);
        // Then
        assertThat(ended.migrations().getFirst().statements()).isEqualTo(3);
        assertThat(query("select count(*) from log")).isEqualTo("1");
        assertThat(query("select bool_and(indisvalid) from pg_index where indrelid = 'item'::regclass"))
                .isEqualTo("t");
        assertThat(query("select string_agg(version || success, ' ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1true 2true");
    }

    @Test
    void goesOnAtTheRowsThatCouldNotBeCopied() {
        // Given
        String copy = LOG + "copy item (id, name) from stdin;\n3\tnew\n%s\tused\n\\.\n" + LOG;
        var failed = execute(plan(indexes(copy.formatted("four"))), MigrationFailed.class);
        assertThat(failed.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        assertThat(query("select count(*) from item")).isEqualTo("2");
        // When
        var ended = resume(indexes(copy.formatted("4")).resumedAt(2), MigrationApplied.class);
        // Then
        assertThat(ended.migrations().getFirst().statements()).isEqualTo(3);
        assertThat(query("select count(*) from item")).isEqualTo("4");
        assertThat(query("select count(*) from log")).isEqualTo("2");
    }

    @Test
    void goesOnAtTheRowsThatCouldNotBeCommitted() {
        // Given
        sql("alter table item add constraint once unique (id) deferrable initially deferred");
        String copy = LOG + "copy item (id, name) from stdin;\n3\tnew\n%s\tused\n\\.\n" + LOG;
        var failed = execute(plan(indexes(copy.formatted("1"))), MigrationFailed.class);
        assertThat(failed.failure().sqlState()).isEqualTo("23505");
        assertThat(failed.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        assertThat(query("select success from flyway_schema_history where version = '2'"))
                .isEqualTo("f");
        assertThat(query("select state || ' ' || atomic from slipway_ledger_statement where statement = 2"))
                .isEqualTo("FAILED true");
        // When
        resume(indexes(copy.formatted("4")).resumedAt(2), MigrationApplied.class);
        // Then
        assertThat(query("select count(*) from item")).isEqualTo("4");
        assertThat(query("select count(*) from log")).isEqualTo("2");
    }

    @Test
    void takesAwayTheInvalidIndexOfAStatementThatNamesNone() {
        // Given
        String unnamed = "create unique index concurrently on item (name);\n";
        execute(plan(indexes(unnamed)), MigrationFailed.class);
        sql("create index of_someone_else on item (name)");
        sql("update pg_index set indisvalid = false where indexrelid = 'of_someone_else'::regclass");
        sql("update item set name = 'other' where id = 2");
        // When
        resume(indexes(unnamed).resumedAt(1), MigrationApplied.class);
        // Then
        assertThat(query(
                        "select string_agg(indexrelid::regclass || ' ' || indisvalid, ', ' order by indexrelid::regclass::text)"
                                + " from pg_index where indrelid = 'item'::regclass"))
                .isEqualTo("item_name_idx true, of_someone_else false");
    }

    @Test
    void takesTheScriptAsItIsNowFromTheStatementThatFailedOn() {
        // Given
        execute(plan(indexes(LOG + UNIQUE)), MigrationFailed.class);
        String edited = LOG + "create index concurrently item_name on item (name);\n" + LAST;
        // When
        resume(indexes(edited).resumedAt(2), MigrationApplied.class);
        // Then
        assertThat(query("select indisunique || ' ' || indisvalid from pg_index"
                        + " where indexrelid = 'item_name'::regclass"))
                .isEqualTo("false true");
        assertThat(query("select count(*) from log")).isEqualTo("1");
    }

    @Test
    void doesNotPassOverAStatementThatIsAnotherOneNow() {
        // Given
        execute(plan(indexes(LOG + UNIQUE)), MigrationFailed.class);
        PlannedScript changed = indexes("insert into log values ('other');\n" + UNIQUE);
        // When
        var ended = resume(changed.resumedAt(2), MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("RESUME_CHANGED");
        assertThat(query("select count(*) from log")).isEqualTo("1");
    }

    @Test
    void refusesAPlanThatTheLedgerHasLeftBehind() {
        // Given
        execute(plan(indexes(LOG + UNIQUE)), MigrationFailed.class);
        // When
        var ended = resume(indexes(LOG + UNIQUE).resumedAt(1), MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(query("select count(*) from log")).isEqualTo("1");
        assertThat(query("select count(*) from flyway_schema_history where not success"))
                .isEqualTo("1");
    }

    @Test
    void beginsATransactionOfTheScriptsOwnFromItsBeginning() {
        // Given
        String own = LOG + "begin;\n" + LOG + "insert into item select 1/0;\ncommit;\n" + LOG;
        execute(plan(indexes(own)), MigrationFailed.class);
        assertThat(query("select count(*) from log")).isEqualTo("1");
        // When
        resume(indexes(own.replace("1/0", "1")).resumedAt(2), MigrationApplied.class);
        // Then
        assertThat(query("select count(*) from log")).isEqualTo("3");
        assertThat(query("select string_agg(state, ' ' order by statement) from slipway_ledger_statement"
                        + " where run_id = (select run_id from slipway_ledger order by recorded_at desc limit 1)"))
                .isEqualTo("DONE DONE DONE DONE DONE DONE");
    }

    @Test
    void dropsTheInvalidIndexInTheWayOfItsOwnNameAndNoValidOne() {
        // Given
        sql("create index item_name on item (name)");
        sql("create index item_id on item (id)");
        sql("update pg_index set indisvalid = false where indexrelid = 'item_name'::regclass");
        String valid = query("select 'item_id'::regclass::oid");
        String again = "create index concurrently if not exists ";
        // When
        execute(
                plan(indexes(again + "item_name on item (name);\n" + again + "item_id on item (id);")),
                MigrationApplied.class);
        // Then
        assertThat(query("select indisvalid from pg_index where indexrelid = 'item_name'::regclass"))
                .isEqualTo("t");
        assertThat(query("select 'item_id'::regclass::oid")).isEqualTo(valid);
    }

    @Test
    void goesOnOnceWhenItIsCutOffWhileItTakesTheScriptOver() throws SQLException {
        // Given
        execute(plan(indexes(LOG + UNIQUE)), MigrationFailed.class);
        sql("update item set name = 'other' where id = 2");
        RunId second = RunId.random();
        try (var _ = Blockade.of("repair", "select from flyway_schema_history where not success for update")) {
            announce(second, plan(indexes(LOG + UNIQUE).resumedAt(2)));
            // When
            end("DELETE FROM%flyway_schema_history");
        }
        // Then
        probe.await(MigrationApplied.class, fact -> fact.runId().equals(second));
        assertThat(query("select count(*) from log")).isEqualTo("1");
        assertThat(query("select string_agg(version || success, ' ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1true 2true");
    }

    @Test
    void findsAChangeOfTheHistoryAfterItHasRemovedTheFailedRowAndPutsThatBack() throws SQLException {
        // Given
        execute(plan(indexes(LOG + UNIQUE)), MigrationFailed.class);
        sql("update item set name = 'other' where id = 2");
        RunId second = RunId.random();
        try (var _ = Blockade.of("checkout", "insert into item values (3, 'new')")) {
            announce(second, plan(indexes(LOG + UNIQUE).resumedAt(2)));
            await().until(() -> query("select count(*) from (%s) waiting".formatted(waiting("%index")))
                    .equals("1"));
            // When
            sql(
                    "insert into flyway_schema_history select 7, '1.5', 'other', type, 'V1.5__other.sql', 0, 'ada', now(), 0, true"
                            + " from flyway_schema_history");
            end("%index");
        }
        // Then
        var ended = probe.await(MigrationFailed.class, fact -> fact.runId().equals(second));
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(ended.failure().remedy()).contains("'resume'");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        assertThat(query("select success from flyway_schema_history where version = '2'"))
                .isEqualTo("f");
        resume(indexes(LOG + UNIQUE).resumedAt(2), MigrationApplied.class);
        assertThat(query("select count(*) from log")).isEqualTo("1");
    }

    /** Ends the session that is at work on such a statement. */
    private void end(String statement) {
        await().until(() -> query(
                        "select count(pg_terminate_backend(pid)) from (%s) waiting".formatted(waiting(statement)))
                .equals("1"));
    }

    private static String waiting(String statement) {
        return "select pid from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%s%%'"
                .formatted(statement);
    }

    private <E extends RunEnded> E resume(PlannedScript script, Class<E> end) {
        RunId second = RunId.random();
        Plan plan = plan(script);
        announce(second, plan);
        RunEnded ended = probe.await(RunEnded.class, fact -> fact.runId().equals(second));
        assertThat(ended).isInstanceOf(end);
        return end.cast(ended);
    }

    /** With Flyway's checksum, by which the ledger's script is known to be the one in its history. */
    private PlannedScript indexes(String sql) {
        PlannedScript script = outsideTransaction("2", "indexes", sql);
        MigrationInfo[] all = plainFlyway(Map.of(script.name(), sql)).info().all();
        return new PlannedScript(
                script.kind(),
                script.version(),
                script.description(),
                script.name(),
                all[all.length - 1].getResolvedChecksum(),
                script.transactional(),
                script.sql(),
                script.sqlConf(),
                null);
    }
}
