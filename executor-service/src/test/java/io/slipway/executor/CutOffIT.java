package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RunEnded;
import io.slipway.eventing.SharedServersResource;
import io.slipway.executor.ledger.Ledger;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.order.GivenUpStore;
import io.slipway.executor.order.GivenUpStore.GivenUp;
import io.slipway.executor.order.Order;
import io.slipway.targets.ledger.StatementLedger;
import io.slipway.targets.ledger.StatementRecord;
import io.slipway.targets.ledger.StatementRecord.State;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts without a transaction whose execution was cut off: by the end of its session, or of the executor. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class CutOffIT extends ExecutionFixture {
    private static final String LOG = "insert into log values ('ran');\n";
    private static final String AT_WORK = """
            select pid, backend_start from pg_stat_activity
             where state = 'active' and pid <> pg_backend_pid() and query ilike '%s%%'
            """;

    @Inject
    GivenUpStore givenUp;

    @BeforeEach
    void aShop() {
        plainFlyway(Map.of("V1__shop.sql", """
                        create table item (id int, name text) partition by range (id);
                        create table item_1 partition of item for values from (1) to (10);
                        create table item_2 partition of item for values from (10) to (20);
                        create table log (what text);
                        create procedure tidy() language sql as 'insert into log values (''tidied'')';
                        """)).migrate();
    }

    @Test
    void buildsAnIndexAnewWhoseSessionWasEndedAndRunsNothingTwice() throws SQLException {
        // Given
        String index = "create index concurrently item_1_name on item_1 (name);\n";
        try (var _ = Blockade.of("checkout", "insert into item values (1, 'new')")) {
            announce(run, plan(script(LOG + index + LOG)));
            // When
            end("create index concurrently");
        }
        // Then
        assertThat(ended(MigrationApplied.class).migrations().getFirst().statements())
                .isEqualTo(3);
        assertThat(query("select indisvalid from pg_index where indexrelid = 'item_1_name'::regclass"))
                .isEqualTo("t");
        assertThat(query("select count(*) from log")).isEqualTo("2");
        assertThat(query("select count(*) from flyway_schema_history where version = '2' and success"))
                .isEqualTo("1");
        assertThat(query("select count(*) from flyway_schema_history")).isEqualTo("2");
        // A lost session that nobody gives back is one less for all runs to come.
        await().until(() -> pools.writer(TARGET).getMetrics().activeCount() == 0);
    }

    @Test
    void copiesRowsAnewWhoseSessionWasEndedAndNoneTwice() throws SQLException {
        // Given
        String copy = "copy item_1 (id, name) from stdin;\n1\tnew\n2\tused\n\\.\n";
        try (var _ = Blockade.of("checkout", "lock table item_1")) {
            announce(run, plan(script(LOG + copy + LOG)));
            // When
            end("copy item_1");
        }
        // Then
        assertThat(ended(MigrationApplied.class).migrations().getFirst().statements())
                .isEqualTo(3);
        assertThat(query("select count(*) from item_1")).isEqualTo("2");
        assertThat(query("select count(*) from log")).isEqualTo("2");
    }

    @Test
    void endsTheSessionThatWorksOnForAnExecutorWhichIsGone() throws SQLException {
        // Given
        try (var orphan = Blockade.of("slipway/" + run, "lock table item_1 in access exclusive mode")) {
            announce(run, plan(script("alter table item_1 set (fillfactor = 90);\n")));
            // When
            end("alter table item_1");
            // Then
            assertThat(ended(MigrationApplied.class).took()).isLessThan(Duration.ofSeconds(30));
            assertThat(orphan.stands()).isFalse();
        }
    }

    @Test
    void takesAwayWhatAReindexLeftBefore() throws SQLException {
        // Given
        sql("create index item_1_name on item_1 (name)");
        try (var _ = Blockade.of("checkout", "insert into item values (1, 'new')")) {
            announce(run, plan(script("reindex table concurrently item_1;\n")));
            // When
            end("reindex table concurrently");
        }
        // Then
        ended(MigrationApplied.class);
        assertThat(query("select string_agg(indexrelid::regclass || ' ' || indisvalid, ', ')"
                        + " from pg_index where indrelid = 'item_1'::regclass"))
                .isEqualTo("item_1_name true");
    }

    @Test
    void completesTheDetachmentOfAPartitionThatWasCutOff() throws SQLException {
        // Given
        String detach = "alter table item detach partition item_2 concurrently;\n";
        try (var _ = Blockade.of("checkout", "select * from item")) {
            announce(run, plan(script(detach + LOG)));
            await().until(() -> query("select count(*) from pg_inherits where inhdetachpending")
                    .equals("1"));
            // When
            end("alter table item detach");
        }
        // Then
        ended(MigrationApplied.class);
        assertThat(query("select count(*) from pg_inherits where inhparent = 'item'::regclass"))
                .isEqualTo("1");
        assertThat(query("select count(*) from log")).isEqualTo("1");
    }

    @Test
    void takesAVersionBackWhoseUndoScriptWasCutOff() throws SQLException {
        // Given
        sql("create index item_1_name on item_1 (name)");
        sql(
                "insert into flyway_schema_history select 2, '2', 'index', type, 'V2__index.sql', 0, installed_by, now(), 0, true"
                        + " from flyway_schema_history");
        String drop = "drop index concurrently item_1_name;\n";
        Plan plan = rollback(undo(drop + "vacuum log;\n"));
        try (var _ = Blockade.of("checkout", "insert into item values (1, 'new')")) {
            announce(run, plan);
            // When
            end("drop index concurrently");
        }
        // Then
        assertThat(ended(RollbackApplied.class).undone()).hasSize(1);
        assertThat(query("select to_regclass('item_1_name') is null")).isEqualTo("t");
        assertThat(query("select string_agg(state, ' ') from slipway_ledger_statement"))
                .isEqualTo("DONE DONE");
        assertThat(query("select count(*) from flyway_schema_history where type = 'DELETE'"))
                .isEqualTo("1");
    }

    @Test
    void goesOnBehindTheStatementsThatAreDone() throws SQLException {
        // Given
        Plan plan = plan(script(LOG + LOG + LOG));
        cutOff(plan, record(1, LOG, State.DONE, true), record(2, LOG, State.INTENDED, true));
        // When
        announce(run, plan);
        // Then
        ended(MigrationApplied.class);
        assertThat(query("select count(*) from log")).isEqualTo("2");
    }

    @Test
    void givesTheNewSessionTheSettingsOfTheOldOne() throws SQLException {
        // Given
        sql("drop schema if exists app cascade");
        sql("create schema app create table log (what text)");
        Plan plan = plan(script("set search_path = app;\n" + LOG));
        cutOff(plan, record(1, "set search_path = app", State.DONE, true));
        // When
        announce(run, plan);
        // Then
        ended(MigrationApplied.class);
        assertThat(query("select count(*) from app.log")).isEqualTo("1");
    }

    @Test
    void takesAnIndexForDoneThatWasBuiltBeforeItCouldBeRecorded() throws SQLException {
        // Given
        String index = "create index concurrently item_1_name on item_1 (name);\n";
        Plan plan = plan(script(index));
        cutOff(plan, record(1, index, State.INTENDED, false));
        sql("create index item_1_name on item_1 (name)");
        String built = query("select 'item_1_name'::regclass::oid");
        // When
        announce(run, plan);
        // Then
        ended(MigrationApplied.class);
        assertThat(query("select 'item_1_name'::regclass::oid")).isEqualTo(built);
    }

    @Test
    void namesTheStatementOfWhichNobodyKnowsAndTheQueryToLookWith() throws SQLException {
        // Given
        Plan plan = plan(script(LOG + "call tidy();\n" + LOG));
        cutOff(plan, record(1, LOG, State.DONE, true), record(2, "call tidy()", State.INTENDED, false));
        // When
        announce(run, plan);
        // Then
        var ended = ended(MigrationFailed.class);
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        assertThat(ended.failure().code()).isEqualTo("OUTCOME_UNKNOWN");
        assertThat(ended.failure().line()).isEqualTo(2);
        assertThat(ended.failure().message()).contains("Statement 2 of V2__more.sql, line 2", "call tidy()");
        assertThat(ended.failure().remedy()).contains("select * from public.slipway_ledger_statement where", "resume");
        assertThat(query("select count(*) from log")).isEqualTo("0");
        assertThat(query("select success from flyway_schema_history where version = '2'"))
                .isEqualTo("f");
    }

    @Test
    void endsTheSessionThatIsStillAtWorkForADeadExecutor() throws SQLException {
        // Given
        Plan plan = plan(script(LOG));
        try (var orphan = Blockade.of("orphan", "select 1")) {
            var started = query("select to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                    + " from pg_stat_activity where pid = " + orphan.pid());
            cutOff(
                    plan,
                    new StatementRecord(
                            1,
                            StatementRecord.hash(LOG),
                            1,
                            State.INTENDED,
                            true,
                            orphan.pid(),
                            Instant.parse(started),
                            List.of(),
                            null));
            // When
            announce(run, plan);
            // Then
            ended(MigrationApplied.class);
            assertThat(orphan.stands()).isFalse();
        }
    }

    @Test
    void hasTheHistorySayWhatARunHasLeftThatWasGivenUpSoThatTheNextGoesOnThere() throws SQLException {
        // Given
        PlannedScript script = script(LOG + LOG);
        Plan plan = plan(script);
        cutOff(plan, record(1, LOG, State.DONE, true), record(2, LOG, State.INTENDED, true));
        givenUp.add(TARGET, new GivenUp(run, plan));
        // When
        var refused = next(plan, MigrationFailed.class);
        givenUp.add(TARGET, new GivenUp(run, plan)); // as it is when that one dies before it forgets it
        var ended = next(plan(script.resumedAt(2)), MigrationApplied.class);
        // Then
        assertThat(refused.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(refused.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(ended.migrations().getFirst().statements()).isEqualTo(2);
        assertThat(query("select count(*) from log")).isEqualTo("1");
        assertThat(
                        query(
                                "select string_agg(version || success, ' ' order by installed_rank) from flyway_schema_history"))
                .isEqualTo("1true 2true");
        assertThat(givenUp.of(TARGET)).isEmpty();
    }

    @Test
    void hasTheHistorySayThatAScriptIsDoneWhoseRunWasGivenUpJustBehindIt() throws SQLException {
        // Given
        PlannedScript script = script(LOG);
        Plan plan = plan(script);
        cutOff(plan, record(1, LOG, State.DONE, true));
        sql("update slipway_ledger set phase = 'DONE'");
        givenUp.add(TARGET, new GivenUp(run, plan));
        // When
        var refused = next(plan, MigrationFailed.class);
        // Then
        assertThat(refused.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(query("select count(*) from log")).isEqualTo("0");
        assertThat(
                        query(
                                "select string_agg(version || success, ' ' order by installed_rank) from flyway_schema_history"))
                .isEqualTo("1true 2true");
    }

    @Test
    void forgetsARunThatWasGivenUpWithNothingHalfDone() throws SQLException {
        // Given
        Plan plan = plan(script(LOG));
        givenUp.add(TARGET, new GivenUp(run, plan));
        // When
        next(plan, MigrationApplied.class);
        // Then
        assertThat(givenUp.of(TARGET)).isEmpty();
    }

    private <E extends RunEnded> E next(Plan plan, Class<E> end) {
        RunId next = RunId.random();
        announce(next, plan);
        return probe.await(end, fact -> fact.runId().equals(next));
    }

    /** As a killed executor leaves it. */
    private void cutOff(Plan plan, StatementRecord... records) throws SQLException {
        PlannedScript script = plan.scripts().getFirst();
        try (var connection = pools.writer(TARGET).getConnection()) {
            Ledger ledger = Ledger.of(connection, FlywaySettings.DEFAULTS, null);
            ledger.create(connection);
            ledger.intend(
                    connection,
                    new Order.Subject(run, TARGET, plan.kind(), plan.digest()),
                    LedgerEntry.intended(new AppliedMigration(
                            script.version(),
                            script.description(),
                            script.name(),
                            script.checksum(),
                            false,
                            0,
                            null,
                            List.of(),
                            Duration.ZERO)));
            StatementLedger statements = new StatementLedger("public");
            statements.create(connection);
            for (StatementRecord record : records) {
                statements.write(connection, run, script.name(), record);
            }
        }
    }

    private static StatementRecord record(int number, String sql, State state, boolean atomic) {
        return new StatementRecord(
                number, StatementRecord.hash(sql), number, state, atomic, 1, Instant.EPOCH, List.of(), null);
    }

    /** Ends the session that is at work on such a statement. */
    private void end(String statement) {
        await().until(() -> query("select count(pg_terminate_backend(pid)) from (%s) at_work"
                        .formatted(AT_WORK.formatted(statement)))
                .equals("1"));
    }

    private static PlannedScript undo(String sql) {
        return new PlannedScript(
                PlannedScript.Kind.UNDO,
                new MigrationVersion("2"),
                "index",
                "U2__index.sql",
                0,
                false,
                sql,
                null,
                null);
    }

    private static PlannedScript script(String sql) {
        return outsideTransaction("2", "more", sql);
    }
}
