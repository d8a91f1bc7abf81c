package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.eventing.SharedServersResource;
import org.junit.jupiter.api.Test;

/** All scripts of a migration in one transaction. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class GroupIT extends ExecutionFixture {
    @Test
    void appliesAllScriptsInOneTransactionAndCountsEachByItself() {
        // When
        var ended = execute(
                group(
                        script(
                                "1",
                                "item",
                                "create table item (id int); insert into item select generate_series(1, 7)"),
                        script("2", "more", "create table more (id int); insert into more values (1)")),
                MigrationApplied.class);
        // Then
        assertThat(ended.migrations())
                .extracting(AppliedMigration::rowsAffected)
                .containsExactly(7L, 1L);
        assertThat(query("""
                select count(distinct t) from (
                    select xmin::text from pg_class where oid in ('item'::regclass, 'more'::regclass)
                    union all select xmin::text from flyway_schema_history
                    union all select xmin::text from slipway_ledger) x (t)""")).isEqualTo("1");
    }

    @Test
    void leavesNothingOfAnyScriptWhenOneFails() {
        // When
        var ended = execute(
                group(script("1", "item", "create table item (id int)"), script("2", "broken", "select 1/0")),
                MigrationFailed.class);
        // Then
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(ended.applied()).isEmpty();
        assertThat(ended.failure().script()).isEqualTo("V2__broken.sql");
        assertThat(query("select to_regclass('item') is null and to_regclass('slipway_ledger') is null"))
                .isEqualTo("t");
        assertThat(query("select count(*) from flyway_schema_history")).isEqualTo("0");
    }
}
