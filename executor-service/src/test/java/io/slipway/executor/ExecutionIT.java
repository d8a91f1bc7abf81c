package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RunEnded;
import io.slipway.eventing.SharedServersResource;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

/** The service from a released plan to its end, on a real Kafka and a real PostgreSQL; the test says the other facts. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class ExecutionIT extends ExecutionFixture {
    @Test
    void appliesThePlanAndSaysWhatItDid() {
        // Given
        Plan plan = plan(
                script("1", "shop", "create table item (id int primary key, name text)"),
                script(
                        "2",
                        "items",
                        "insert into item select g, 'item ' || g from generate_series(1, 250) g; update item set name = upper(name) where id <= 50"));
        // When
        var ended = execute(plan, MigrationApplied.class);
        // Then
        assertThat(ended.plan()).isEqualTo(plan.digest());
        assertThat(ended.migrations())
                .extracting(migration -> migration.version().value())
                .containsExactly("1", "2");
        var second = ended.migrations().getLast();
        assertThat(second.rowsAffected()).isEqualTo(300);
        assertThat(second.statements()).isEqualTo(2);
        assertThat(second.tablesModified()).containsExactly("public.item");
        assertThat(query("select count(*) from slipway_ledger where phase = 'DONE' and run_id = '" + run + "'"))
                .isEqualTo("2");
        assertThat(facts(MigrationStarted.class)).hasSize(1);
    }

    @Test
    void countsTheRowsOfEachScriptByItself() {
        // Given
        Plan plan = plan(
                script("1", "shop", "create table item (id int); insert into item select generate_series(1, 40)"),
                script("2", "more", "create table more (id int); insert into more select generate_series(1, 3)"),
                script("3", "again", "delete from item where id <= 5"));
        // When
        var ended = execute(plan, MigrationApplied.class);
        // Then
        assertThat(ended.migrations())
                .extracting(AppliedMigration::rowsAffected)
                .containsExactly(40L, 3L, 5L);
        assertThat(ended.migrations().get(1).tablesModified()).containsExactly("public.more");
    }

    @Test
    void runsAScriptThatCannotBeInATransaction() {
        // Given
        Plan plan = plan(
                script("1", "shop", "create table item (id int primary key, name text)"),
                outsideTransaction("2", "index", "create index concurrently item_name on item (name)"));
        // When
        var ended = execute(plan, MigrationApplied.class);
        // Then
        assertThat(ended.migrations().getLast().transactional()).isFalse();
        assertThat(ended.migrations().getLast().rowsAffected()).isNull();
        assertThat(query("select indisvalid from pg_index where indexrelid = 'item_name'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void leavesNothingOfAMigrationThatFails() {
        // Given
        Plan plan =
                plan(script("1", "broken", "create table item (id int);\ninsert into item values ('not a number')"));
        // When
        var ended = execute(plan, MigrationFailed.class);
        // Then
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(ended.failure().sqlState()).isEqualTo("22P02");
        assertThat(ended.failure().script()).isEqualTo("V1__broken.sql");
        assertThat(ended.failure().line()).isEqualTo(2);
        assertThat(query("select to_regclass('item') is null")).isEqualTo("t");
    }

    @Test
    void keepsWhatWasAppliedBeforeTheOneThatFails() {
        // Given
        Plan plan = plan(script("1", "shop", "create table item (id int)"), script("2", "broken", "select 1/0"));
        // When
        var ended = execute(plan, MigrationFailed.class);
        // Then
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
        assertThat(ended.applied()).hasSize(1);
    }

    @Test
    void refusesAPlanThatWasChangedAfterValidation() {
        // Given
        Plan validated = plan(script("1", "shop", "create table item (id int)"));
        var tampered = new Plan(
                validated.kind(),
                validated.settings(),
                List.of(script("1", "shop", "create table item_of_someone_else (id int)")),
                validated.state(),
                null,
                List.of(),
                null,
                validated.digest());
        // When
        var ended = execute(tampered, MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_MISMATCH");
        assertThat(query("select to_regclass('item_of_someone_else') is null")).isEqualTo("t");
    }

    @Test
    void refusesATargetThatHasMovedOnSinceThePlan() {
        // Given
        Plan plan = plan(script("2", "shop", "create table item (id int)"));
        plainFlyway(Map.of("V1__other.sql", "create table other (id int)")).migrate();
        // When
        var ended = execute(plan, MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
    }

    @Test
    void takesVersionsBackSoThatPlainFlywayStillUnderstandsTheHistory() {
        // Given
        Map<String, String> scripts =
                Map.of("V1__shop.sql", "create table item (id int)", "V2__price.sql", "alter table item add price int");
        plainFlyway(scripts).migrate();
        Plan plan = rollback(undo("2", "price", "alter table item drop column price"));
        // When
        var ended = execute(plan, RollbackApplied.class);
        // Then
        assertThat(ended.undone())
                .extracting(undone -> undone.version().value())
                .containsExactly("2");
        assertThat(plainFlyway(scripts).info().current().getVersion().getVersion())
                .isEqualTo("1");
        assertThat(plainFlyway(scripts).info().pending())
                .extracting(MigrationInfo::getScript)
                .containsExactly("V2__price.sql");
        assertThat(plainFlyway(scripts).migrate().migrationsExecuted).isEqualTo(1);
        plainFlyway(scripts).validate();
    }

    @Test
    void endsARunOnceHoweverOftenItIsToldToBegin() {
        // Given
        Plan plan = plan(script("1", "shop", "create table item (id int)"));
        execute(plan, MigrationApplied.class);
        // When
        backedUp(run, plan);
        // Then
        RunId marker = RunId.random();
        Plan next = plan(script("2", "more", "create table more (id int)"));
        announce(marker, next);
        probe.await(MigrationApplied.class, fact -> fact.runId().equals(marker));
        assertThat(facts(RunEnded.class)).hasSize(1);
        assertThat(facts(MigrationStarted.class)).hasSize(1);
    }
}
