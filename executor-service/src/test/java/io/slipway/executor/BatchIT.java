package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

/**
 * Scripts in batches. They add to what is there, so that a row that was changed twice shows; a row that another session holds
 * makes the moment certain.
 */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class BatchIT extends ExecutionFixture {
    /** 50,000 rows, of which every third key is there. */
    private static final String ITEMS = """
            create table item (id bigint primary key, price int not null default 1);
            insert into item select generate_series(1, 150000, 3);
            """;

    private static final String MARKER = "-- slipway:batch table=item key=id size=7000\n";
    private static final String RAISE = MARKER + "update item set price = price + 1";

    /** In the third batch. */
    private static final String HOLD = "select from item where id = 50002 for update";

    private static final String UNTOUCHED = "select count(*) from item where price <> 2";
    private static final String COMMITTED = "select batches from slipway_ledger_batch";

    @Test
    void changesEachRowOnceAndEachBatchInATransactionOfItsOwn() {
        // Given
        Plan plan = plan(script("1", "items", ITEMS), inBatches("2", "raise", RAISE));
        // When
        var ended = execute(plan, MigrationApplied.class);
        // Then
        AppliedMigration raise = ended.migrations().getLast();
        assertThat(raise.rowsAffected()).isEqualTo(50_000);
        assertThat(raise.tablesModified()).containsExactly("public.item");
        assertThat(raise.statements()).isEqualTo(1);
        assertThat(query(UNTOUCHED)).isEqualTo("0");
        assertThat(query("select count(distinct xmin::text) from item")).isEqualTo("8");
        assertThat(query("select batches || ' ' || rows_changed || ' ' || last_key from slipway_ledger_batch"))
                .isEqualTo("8 50000 149998");
        var plain = plainFlyway(Map.of("V1__items.sql", ITEMS, "V2__raise.sql", RAISE));
        assertThat(plain.info().applied()).hasSize(2);
        assertThat(plain.info().pending()).isEmpty();
    }

    @Test
    void changesTheRowsOfTheConditionOnlyWhateverTheKeysAre() {
        // Given
        String words = """
                create table "Word" (word text primary key, seen int not null default 0);
                insert into "Word" select chr(39) || chr(92) || g || '"?' from generate_series(1, 250) g
                """;
        String mark = """
                -- slipway:batch table="Word" key=word size=100 pause=1ms
                update "Word" w set seen = seen + 1 from (select 2 as two) t where length(word) = 6 or w.seen = t.two -- {x}
                """;
        // When
        var ended = execute(plan(script("1", "words", words), inBatches("2", "mark", mark)), MigrationApplied.class);
        // Then
        assertThat(ended.migrations().getLast().rowsAffected()).isEqualTo(90);
        assertThat(query("select sum(seen) || ' ' || max(seen) from \"Word\"")).isEqualTo("90 1");
        assertThat(query(COMMITTED)).isEqualTo("3");
    }

    @Test
    void hasNothingToDoInAnEmptyTable() {
        // Given
        String delete = MARKER + "delete from item";
        // When
        var ended = execute(
                plan(script("1", "items", "create table item (id int primary key)"), inBatches("2", "none", delete)),
                MigrationApplied.class);
        // Then
        assertThat(ended.migrations().getLast().rowsAffected()).isZero();
    }

    @Test
    void goesOnBehindTheLastCommittedBatchWhenItsSessionIsEnded() throws SQLException {
        // Given
        try (var _ = holdOneRow()) {
            announce(run, plan(inBatches("2", "raise", RAISE)));
            // When
            awaitTheWait();
            assertThat(query(COMMITTED)).isEqualTo("2");
            query("select pg_terminate_backend((%s))".formatted(waiting()));
        }
        // Then
        var ended = ended(MigrationApplied.class);
        assertThat(ended.migrations().getLast().rowsAffected()).isEqualTo(50_000);
        assertThat(query(UNTOUCHED)).isEqualTo("0");
        assertThat(query(COMMITTED)).isEqualTo("8");
    }

    @Test
    void stepsAsideForARowThatIsHeldAndPassesOverRowsThatCameLater() throws SQLException {
        // Given
        try (var checkout = holdOneRow()) {
            announce(run, plan(inBatches("2", "raise", RAISE)));
            int pid = checkout.pid();
            // When
            var progress = probe.await(
                    MigrationProgressed.class,
                    each -> each.runId().equals(run) && !each.blockedBy().isEmpty());
            // Then
            assertThat(progress.blockedBy().getFirst().pid()).isEqualTo(pid);
            assertThat(progress.batches()).isEqualTo(2);
            assertThat(progress.rows()).isEqualTo(14_000);
            assertThat(progress.phase()).isEqualTo("batch");
            assertThat(progress.percent()).isEqualTo(27);
            sql("insert into item (id) values (1000000)");
        }
        ended(MigrationApplied.class);
        assertThat(query("select string_agg(id::text, ',') from item where price <> 2"))
                .isEqualTo("1000000");
    }

    @Test
    void pausesWhileAReplicaIsBehindAndGoesOnOnceItHasCaughtUp() throws SQLException {
        // Given
        String patient = "-- slipway:batch table=item key=id size=7000 max-lag=1s\nupdate item set price = price + 1";
        try (var replica = Replica.connect("slow replica")) {
            replica.stopReplaying();
            await().until(() -> {
                query("select pg_logical_emit_message(true, 'test', 'something to replay')");
                return query("select count(*) from pg_stat_replication where replay_lag > interval '2 s'")
                        .equals("1");
            });
            // When
            announce(run, plan(script("1", "items", ITEMS), inBatches("2", "raise", patient)));
            // Then
            var progress = probe.await(
                    MigrationProgressed.class,
                    each -> each.runId().equals(run)
                            && each.phase() != null
                            && each.phase().startsWith("pausing"));
            assertThat(progress.phase()).startsWith("pausing: replica 'slow replica' is ");
            assertThat(progress.batches()).isZero();
            replica.catchUp();
            assertThat(ended(MigrationApplied.class).migrations().getLast().rowsAffected())
                    .isEqualTo(50_000);
        }
    }

    @Test
    void stopsBetweenTwoBatchesAndTheNextRunGoesOn() throws SQLException {
        // Given
        PlannedScript raise = inBatches("2", "raise", RAISE);
        try (var _ = holdOneRow()) {
            Plan plan = plan(raise);
            announce(run, plan);
            awaitTheWait();
            // When
            probe.publish(Topics.EVENTS, new StopOrdered(run, TARGET, plan.digest(), "ada", "The checkout waits"));
            // Then
            var ended = ended(MigrationFailed.class);
            assertThat(ended.failure().code()).isEqualTo("STOPPED");
            assertThat(ended.failure().message()).contains("2 batches", "V2__raise.sql", "14000 rows");
            assertThat(ended.failure().remedy()).contains("goes on behind it").doesNotContain("look at its effects");
            assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        }
        assertThat(plainFlyway(Map.of("V1__items.sql", ITEMS, "V2__raise.sql", RAISE))
                        .info()
                        .pending())
                .extracting(MigrationInfo::getScript)
                .containsExactly("V2__raise.sql");
        RunId next = RunId.random();
        announce(next, plan(raise));
        var applied = probe.await(MigrationApplied.class, fact -> fact.runId().equals(next));
        assertThat(applied.migrations().getLast().rowsAffected()).isEqualTo(50_000);
        assertThat(query(UNTOUCHED)).isEqualTo("0");
    }

    @Test
    void keepsWhatIsDoneOfAFailureAndDoesNotGoOnWithAnotherStatement() {
        // Given
        String divide = "\n" + MARKER + "update item set price = 10 / (id - 50002)";
        Plan plan = plan(script("1", "items", ITEMS), inBatches("2", "divide", divide));
        // When
        var ended = execute(plan, MigrationFailed.class);
        // Then
        assertThat(ended.failure().sqlState()).isEqualTo("22012");
        assertThat(ended.failure().script()).isEqualTo("V2__divide.sql");
        assertThat(ended.failure().line()).isEqualTo(3);
        assertThat(ended.failure().message()).startsWith("division by zero. 2 batches of V2__divide.sql");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        RunId next = RunId.random();
        announce(next, plan(inBatches("2", "divide", RAISE), script("3", "more", "create table more (id int)")));
        var refused = probe.await(MigrationFailed.class, fact -> fact.runId().equals(next));
        assertThat(refused.failure().code()).isEqualTo("BATCH_CHANGED");
        assertThat(refused.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
    }

    @Test
    void beginsAnewWithAnotherStatementAsLongAsNothingIsDone() {
        // Given
        String divide = MARKER + "update item set price = 10 / (id - 1)";
        execute(plan(script("1", "items", ITEMS), inBatches("2", "raise", divide)), MigrationFailed.class);
        // When
        RunId next = RunId.random();
        announce(next, plan(inBatches("2", "raise", RAISE)));
        // Then
        probe.await(MigrationApplied.class, fact -> fact.runId().equals(next));
        assertThat(query(UNTOUCHED)).isEqualTo("0");
    }

    @Test
    void beginsAnewWhenTheScriptWasBroughtToItsEndAndTakenBackSince() {
        // Given
        PlannedScript raise = inBatches("2", "raise", RAISE);
        execute(
                plan(script("1", "items", ITEMS + "alter table item add check (id < 50000 or price < 2)"), raise),
                MigrationFailed.class);
        sql("alter table item drop constraint item_check; update item set price = 1");
        sql("""
                insert into flyway_schema_history
                select rank, '2', 'raise', type, 'V2__raise.sql', null, 'ada', now(), 0, true
                  from (values (2, 'SQL'), (3, 'DELETE')) as since (rank, type)
                """);
        // When
        RunId next = RunId.random();
        announce(next, plan(raise));
        // Then
        probe.await(MigrationApplied.class, fact -> fact.runId().equals(next));
        assertThat(query(UNTOUCHED)).isEqualTo("0");
    }

    @Test
    void refusesBeforeTheFirstScriptWhatCannotRunInBatches() {
        // Given
        Plan plan = plan(script("1", "items", ITEMS), inBatches("2", "raise", RAISE + "; select 1"));
        // When
        var ended = execute(plan, MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("BATCH_UNFIT");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(query("select to_regclass('item') is null")).isEqualTo("t");
    }

    @Test
    void refusesAKeyThatMayBeNull() {
        // Given
        String table = "create table item (id int unique, price int)";
        // When
        var ended = execute(plan(script("1", "items", table), inBatches("2", "raise", RAISE)), MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("BATCH_UNFIT");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
    }

    /** In a table that is there before, since the batches would be done before anyone could hold a row. */
    private Blockade holdOneRow() throws SQLException {
        execute(RunId.random(), plan(script("1", "items", ITEMS)), MigrationApplied.class);
        return Blockade.of("checkout", HOLD);
    }

    private void awaitTheWait() {
        await().until(() ->
                query("select count(*) from (%s) waiting".formatted(waiting())).equals("1"));
    }

    private static String waiting() {
        return "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
                + " and query like 'update item%'";
    }
}
