package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.eventing.SharedServersResource;
import io.slipway.executor.order.GivenUpStore;
import io.slipway.executor.order.GivenUpStore.GivenUp;
import io.slipway.targets.flyway.TargetStates;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target with a role, a search path and time limits of its own, reached by a login that may do nothing by itself. */
@QuarkusTest
@TestProfile(SessionIT.Guarded.class)
@WithTestResource(SharedServersResource.class)
class SessionIT extends ExecutionFixture {
    private static final String LOGIN = "session_login";
    private static final String OWNER = "session owner";
    private static final RunMode MODE = new RunMode(false, OWNER, List.of("app", "public"));

    public static class Guarded implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "slipway.targets.default.username", LOGIN,
                    "slipway.targets.default.password", LOGIN,
                    "slipway.targets.default.run-as", OWNER,
                    "slipway.targets.default.search-path", "app, public",
                    "slipway.targets.default.statement-timeout", "1s",
                    "slipway.targets.default.idle-in-transaction-timeout", "3m",
                    "slipway.targets.default.ledger-schema", "ledger");
        }
    }

    @Inject
    GivenUpStore givenUp;

    @BeforeEach
    void rolesAndSchemas() {
        for (String role : List.of(LOGIN, OWNER)) {
            sql("do $$ begin if to_regrole('\"%1$s\"') is null then create role \"%1$s\"; end if; end $$"
                    .formatted(role));
        }
        sql("alter role %1$s noinherit login password '%1$s'".formatted(LOGIN));
        sql("grant \"%s\" to %s".formatted(OWNER, LOGIN));
        sql("do $$ begin execute format('grant create on database %%I to \"%s\"', current_database()); end $$"
                .formatted(OWNER));
        sql("drop schema if exists app, ledger cascade");
        sql("create schema app authorization \"%s\"".formatted(OWNER));
        sql("grant all on schema public to public");
    }

    @Test
    void runsEverythingAsTheRoleAndInTheSearchPathOfTheTarget() {
        // Given: a script that leaves its session in another way
        Plan plan = planned(
                script(
                        "1",
                        "shop",
                        "create table item (id int); set search_path = public; create table other (id int)"),
                script("2", "more", "create table more (id int); set role none"),
                outsideTransaction("3", "index", "create index concurrently more_id on more (id)"));
        // When
        execute(plan, MigrationApplied.class);
        // Then
        assertThat(
                        query(
                                "select string_agg(distinct tableowner, ',') from pg_tables where schemaname in ('app', 'ledger')"))
                .isEqualTo(OWNER);
        assertThat(query("select string_agg(schemaname || '.' || tablename, ' ' order by tablename) from pg_tables"
                        + " where schemaname in ('app', 'public', 'ledger')"))
                .isEqualTo(
                        "app.flyway_schema_history app.item app.more public.other ledger.slipway_ledger ledger.slipway_ledger_statement");
        assertThat(query("select string_agg(distinct installed_by, ',') from app.flyway_schema_history"))
                .isEqualTo(OWNER);
        assertThat(query("select count(*) from ledger.slipway_ledger where phase = 'DONE'"))
                .isEqualTo("3");
    }

    @Test
    void tellsFiguresThatALedgerOfAnEarlierVersionCannotKeepWhichBelongsToSomeoneElse() {
        // Given
        execute(planned(script("1", "shop", "create table item (id int)")), MigrationApplied.class);
        sql("alter table ledger.slipway_ledger drop column figures");
        sql("alter table ledger.slipway_ledger owner to current_user");
        sql("grant select, insert, update on ledger.slipway_ledger to \"%s\"".formatted(OWNER));
        RunId next = RunId.random();
        // When
        var ended = execute(next, planned(script("2", "items", "insert into item values (1)")), MigrationApplied.class);
        // Then
        assertThat(ended.migrations().getFirst().rowsAffected()).isEqualTo(1);
        assertThat(ended.migrations().getFirst().figures().rows().inserted()).isEqualTo(1);
        assertThat(query("select to_jsonb(l) ? 'figures' from ledger.slipway_ledger l where version = '2'"))
                .isEqualTo("f");
    }

    @Test
    void measuresTheRestWhereTheRoleMayNotSeeTheWriteAheadLog() {
        // Given
        sql("revoke execute on function pg_current_wal_insert_lsn() from public");
        try {
            // When
            var ended = execute(planned(script("1", "shop", "create table item (id int)")), MigrationApplied.class);
            // Then
            assertThat(ended.migrations().getFirst().figures())
                    .satisfies(figures -> assertThat(figures.walBytes()).isNull())
                    .satisfies(figures -> assertThat(figures.locks()).hasSize(1));
        } finally {
            sql("grant execute on function pg_current_wal_insert_lsn() to public");
        }
    }

    @Test
    void takesBackAsTheSameRole() {
        // Given
        execute(planned(script("1", "shop", "create table item (id int)")), MigrationApplied.class);
        Plan back = Plan.of(
                Plan.Kind.ROLLBACK,
                FlywaySettings.DEFAULTS,
                List.of(undo("1", "shop", "drop table item; set role none")),
                planned().state(),
                null,
                List.of(),
                MODE);
        // When
        var taken = execute(RunId.random(), back, RollbackApplied.class);
        // Then
        assertThat(taken.undone()).hasSize(1);
        assertThat(query("select installed_by from app.flyway_schema_history where type = 'DELETE'"))
                .isEqualTo(OWNER);
    }

    @Test
    void namesTheSessionAfterTheRunAndBoundsIt() {
        // Given
        Plan plan = planned(script("1", "seen", """
                create table seen as select current_setting('application_name')
                    || ' ' || current_setting('statement_timeout')
                    || ' ' || current_setting('idle_in_transaction_session_timeout') as it"""));
        // When
        execute(plan, MigrationApplied.class);
        // Then
        assertThat(query("select it from app.seen")).isEqualTo("slipway/%s 1s 3min".formatted(run));
    }

    @Test
    void endsAStatementThatTakesLongerThanItMay() {
        // When
        var ended = execute(
                planned(script("1", "slow", "create table item (id int); select pg_sleep(30)")), MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("STATEMENT_CANCELLED");
        assertThat(ended.failure().remedy()).contains("statement-timeout");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
    }

    @Test
    void refusesAPlanThatWasMadeForAnotherRole() {
        // When
        var ended = execute(plan(script("1", "shop", "create table item (id int)")), MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("PLAN_OUTDATED");
        assertThat(ended.failure().message()).contains(OWNER, "the role that logs in");
        assertThat(query("select to_regclass('app.flyway_schema_history') is null"))
                .isEqualTo("t");
    }

    @Test
    void saysThatTheLoginMayNotBecomeTheRole() {
        // Given
        Plan plan = planned(script("1", "shop", "create table item (id int)"));
        RunId gone = RunId.random();
        givenUp.add(TARGET, new GivenUp(gone, planned(outsideTransaction("1", "half", "select 1"))));
        sql("revoke \"%s\" from %s".formatted(OWNER, LOGIN));
        // When
        var ended = execute(plan, MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("RUN_AS_REFUSED");
        assertThat(ended.failure().remedy()).contains("GRANT \"%s\" TO \"%s\"".formatted(OWNER, LOGIN));
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(givenUp.of(TARGET)).as("nobody has looked what it left").hasSize(1);
        givenUp.remove(gone);
    }

    @Test
    void saysThatTheSchemaOfTheLedgerMayNotBeMade() {
        // Given
        sql("do $$ begin execute format('revoke create on database %%I from \"%s\"', current_database()); end $$"
                .formatted(OWNER));
        // When
        var ended = execute(planned(script("1", "shop", "create table item (id int)")), MigrationFailed.class);
        // Then
        assertThat(ended.failure().code()).isEqualTo("LEDGER_REFUSED");
        assertThat(ended.failure().remedy()).contains("ledger-schema");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
        assertThat(query("select to_regclass('app.item') is null")).isEqualTo("t");
    }

    private Plan planned(PlannedScript... scripts) {
        try {
            var state = TargetStates.read(pools.migrator(TARGET), FlywaySettings.DEFAULTS);
            return Plan.of(
                    Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(scripts), state, null, List.of(), MODE);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The role of the target may not look at everything. */
    @Override
    Connection outside() throws SQLException {
        return SharedServersResource.target().getConnection();
    }
}
