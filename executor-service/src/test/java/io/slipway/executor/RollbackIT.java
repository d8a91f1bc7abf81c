package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Derivation;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.eventing.SharedServersResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.Test;

/** Ways back, and that plain Flyway goes on after them. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class RollbackIT extends ExecutionFixture {
    private static final String ITEMS = "create table item (id int primary key, name text)";
    private static final String HALF =
            "create index concurrently item_name on item (name); create unique index concurrently item_nothing on nowhere (id)";

    @Test
    void runsADerivedScriptAsItIs() {
        // Given
        plainFlyway(Map.of("V1__items.sql", ITEMS)).migrate();
        PlannedScript derived =
                derived("1", "items", "comment on table item is '${not_a_placeholder}'; drop table item");

        // When
        var ended = execute(rollback(derived), RollbackApplied.class);

        // Then
        assertThat(ended.undone()).extracting(undone -> undone.script()).containsExactly("derived/U1__items.sql");
        assertThat(query("select to_regclass('item') is null")).isEqualTo("t");
    }

    @Test
    void takesBackWhatFailedHalfWayAndLeavesTheHistoryAsAfterRepair() {
        // Given
        Map<String, String> scripts = halfFailed();
        PlannedScript undo = undoOutsideTransaction(
                "2",
                "index",
                "drop index concurrently if exists item_nothing; drop index concurrently if exists item_name");

        // When
        var ended = execute(rollback(undo), RollbackApplied.class);

        // Then
        assertThat(ended.undone()).extracting(undone -> undone.script()).containsExactly("U2__index.sql");
        assertThat(query("select count(*) from pg_index where indexrelid::regclass::text like 'item_n%'"))
                .isEqualTo("0");
        assertThat(query("select string_agg(version || ' ' || type || ' ' || success, ', ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1 SQL true");
        scripts.put("V2__index.sql", "create index concurrently item_name on item (name)");
        assertThat(withSessionLock(scripts).migrate().migrationsExecuted).isEqualTo(1);
        plainFlyway(scripts).validate();
    }

    @Test
    void goesOnBelowWhatFailedHalfWayAndForgetsTheHalfAlsoWhenItStopsThere() {
        // Given
        halfFailed();
        PlannedScript half = undoOutsideTransaction("2", "index", "drop index concurrently if exists item_name");

        // When
        var stopped = execute(rollback(half, undo("1", "items", "drop table nowhere")), RollbackFailed.class);

        // Then
        assertThat(stopped.undone()).extracting(undone -> undone.script()).containsExactly("U2__index.sql");
        assertThat(query("select string_agg(version || ' ' || type || ' ' || success, ', ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1 SQL true");
    }

    @Test
    void keepsTheHalfInTheHistoryWhoseUndoScriptFailsAtItsCommit() {
        // Given
        halfFailed();
        String twice =
                "create table late (id int unique deferrable initially deferred); insert into late values (1), (1)";

        // When
        var stopped = execute(rollback(undo("2", "index", twice)), RollbackFailed.class);

        // Then
        assertThat(stopped.failure().sqlState()).isEqualTo("23505");
        assertThat(stopped.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(query("select success from flyway_schema_history where version = '2'"))
                .isEqualTo("f");
        assertThat(query("select to_regclass('late') is null")).isEqualTo("t");
        assertThat(query("select count(*) from slipway_ledger where script like 'U2%'"))
                .isEqualTo("0");
    }

    @Test
    void findsAChangeOfTheHistoryAfterItHasForgottenAHalf() {
        // Given
        halfFailed();
        PlannedScript half = undoOutsideTransaction("2", "index", "drop index concurrently if exists item_name");
        var plan = rollback(half, undo("1", "items", "drop table nowhere"));
        execute(plan, RollbackFailed.class);
        sql("insert into flyway_schema_history select 2, '3', 'other', type, 'V3__other.sql', 0, 'ada', now(), 0, true"
                + " from flyway_schema_history");
        // When
        announce(run, plan);
        // Then
        probe.await(
                RollbackFailed.class,
                ended -> ended.runId().equals(run) && ended.failure().code().equals("PLAN_OUTDATED"));
    }

    @Test
    void goesOnInANewRunWithWhatOneThatFailedInTheMiddleHasLeft() {
        // Given
        plainFlyway(Map.of("V1__items.sql", ITEMS, "V2__price.sql", "alter table item add price int"))
                .migrate();
        PlannedScript price = undo("2", "price", "alter table item drop column price");
        var stopped = execute(rollback(price, undo("1", "items", "drop table nowhere")), RollbackFailed.class);
        assertThat(stopped.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);

        // When
        var ended = execute(RunId.random(), rollback(undo("1", "items", "drop table item")), RollbackApplied.class);

        // Then
        assertThat(ended.undone()).extracting(undone -> undone.script()).containsExactly("U1__items.sql");
        assertThat(query("select string_agg(version || ' ' || type, ', ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1 SQL, 2 SQL, 2 DELETE, 1 DELETE");
    }

    @Test
    void goesOnWithAScriptOfTheStatementsThatAreLeftOfOneThatFailedInItsMiddle() {
        // Given
        plainFlyway(Map.of("V1__items.sql", ITEMS, "V2__index.sql", "create index item_name on item (name)"))
                .migrate();
        PlannedScript both = undoOutsideTransaction(
                "2", "index", "drop index concurrently item_name; drop index concurrently nowhere");
        var stopped = execute(rollback(both), RollbackFailed.class);
        assertThat(stopped.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        assertThat(stopped.failure().remedy()).contains("'resume'");

        // When
        var ended = execute(
                RunId.random(),
                rollback(undoOutsideTransaction("2", "index", "drop index concurrently if exists nowhere")),
                RollbackApplied.class);

        // Then
        assertThat(ended.undone()).extracting(undone -> undone.script()).containsExactly("U2__index.sql");
    }

    @Test
    void takesBackWhatFailedHalfWayTogetherWithWhatLiesBelow() {
        // Given
        halfFailed();
        PlannedScript half = undoOutsideTransaction("2", "index", "drop index concurrently if exists item_name");

        // When
        var ended = execute(rollback(half, undo("1", "items", "drop table item")), RollbackApplied.class);

        // Then
        assertThat(ended.undone()).hasSize(2);
        assertThat(query("select string_agg(version || ' ' || type || ' ' || success, ', ' order by installed_rank)"
                        + " from flyway_schema_history"))
                .isEqualTo("1 SQL true, 1 DELETE true");
    }

    @Test
    void namesStatementAndLineOfWhatFailsAndLeavesNothingOfIt() {
        // Given
        plainFlyway(Map.of("V1__items.sql", ITEMS)).migrate();

        // When
        var ended = execute(
                rollback(undo("1", "items", "select 1;\nalter table item drop column name;\n\ndrop table nowhere")),
                RollbackFailed.class);

        // Then
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(ended.failure().message()).startsWith("Statement 3 of 3: ").contains("nowhere");
        assertThat(ended.failure().line()).isEqualTo(4);
        assertThat(ended.failure().script()).isEqualTo("U1__items.sql");
        assertThat(query("select count(name) from item")).isEqualTo("0");
    }

    @Test
    void plainFlywayGoesOnAfterManyWaysBackAndForth() {
        // Given
        Map<String, String> scripts = new LinkedHashMap<>(Map.of(
                "V1__items.sql", ITEMS,
                "V2__price.sql", "alter table item add price int",
                "R__cheap.sql", "create or replace view cheap as select id from item"));

        for (int cycle = 0; cycle < 3; cycle++) {
            // When
            plainFlyway(scripts).migrate();
            RunId back = RunId.random();
            announce(
                    back,
                    rollback(
                            undo("2", "price", "alter table item drop column price"),
                            derived("1", "items", "drop table item cascade")));
            probe.await(RollbackApplied.class, fact -> fact.runId().equals(back));

            // Then
            plainFlyway(scripts).repair();
            assertThat(plainFlyway(scripts).info().pending())
                    .extracting(MigrationInfo::getScript)
                    .startsWith("V1__items.sql", "V2__price.sql");
            sql("drop view if exists cheap");
        }
        scripts.put("R__cheap.sql", "create or replace view cheap as select id from item where price < 5");
        assertThat(plainFlyway(scripts).migrate().migrationsExecuted).isEqualTo(3);
        plainFlyway(scripts).validate();
        assertThat(query("select count(*) from flyway_schema_history where type = 'DELETE'"))
                .isEqualTo("6");
    }

    private Map<String, String> halfFailed() {
        Map<String, String> scripts = new LinkedHashMap<>(Map.of(
                "V1__items.sql", ITEMS, "V2__index.sql", HALF, "V2__index.sql.conf", "executeInTransaction=false"));
        assertThatThrownBy(() -> withSessionLock(scripts).migrate()).isInstanceOf(FlywayException.class);
        assertThat(query("select success from flyway_schema_history where version = '2'"))
                .isEqualTo("f");
        return scripts;
    }

    /** With Flyway's other lock a concurrent index would wait for Flyway's own transaction for ever. */
    private Flyway withSessionLock(Map<String, String> scripts) {
        var configuration =
                Flyway.configure().configuration(plainFlyway(scripts).getConfiguration());
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration.load();
    }

    private static PlannedScript derived(String version, String description, String sql) {
        String file = version + "__" + description + ".sql";
        var written = new PlannedScript(
                PlannedScript.Kind.UNDO,
                new MigrationVersion(version),
                description,
                "derived/U" + file,
                null,
                true,
                sql,
                "placeholderReplacement=false",
                null);
        return written.from(new Derivation("V" + file, List.of()));
    }
}
