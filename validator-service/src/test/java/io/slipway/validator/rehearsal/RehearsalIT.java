package io.slipway.validator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.DerivedUndo.Draft;
import io.slipway.contracts.Finding;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.Rehearsal.Mismatch;
import io.slipway.contracts.Rehearsal.Outcome;
import io.slipway.contracts.Rehearsal.WayBack;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetId;
import io.slipway.eventing.SharedServersResource;
import io.slipway.sql.effect.LockMode;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import io.slipway.targets.flyway.TargetStates;
import io.slipway.validator.plan.ValidatorTargetsResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans that are tried on a copy of a real database's schema. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
@WithTestResource(ValidatorTargetsResource.class)
class RehearsalIT {
    @Inject
    Rehearsals rehearsals;

    @Inject
    Targets targets;

    @BeforeEach
    void layTheSchema() throws SQLException {
        sql("""
                drop schema public cascade;
                create schema public;
                create table item (id int primary key, name text);
                create table part (id int primary key, item int not null references item);
                insert into item values (1, 'one');
                """);
    }

    @Test
    void provesAPlanAndItsWayBackAndLeavesTheTargetAlone() throws Exception {
        // Given
        Plan plan = plan(
                script(
                        "1",
                        "alter table item add column price numeric; create index item_price on item (price);",
                        "drop index item_price; alter table item drop column price;"),
                script("2", "create table note (id int primary key);", "drop table note;"),
                script("3", "create index item_name on item (name);", "drop index concurrently item_name;"));

        // When
        var rehearsed = rehearse(plan, Predictions.NONE);

        // Then
        assertThat(rehearsed.findings()).isEmpty();
        assertThat(rehearsed.rehearsal().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(rehearsed.rehearsal().statements()).isEqualTo(4);
        assertThat(rehearsed.rehearsal().wayBack()).isEqualTo(WayBack.PROVED);
        assertThat(value("select count(*) from information_schema.columns where column_name = 'price'"))
                .isEqualTo("0");
        assertThat(value("select count(*) from pg_database where datname like 'slipway\\_rehearsal\\_%'"))
                .isEqualTo("0");
    }

    @Test
    void saysWhatAnUndoScriptForgets() throws Exception {
        // Given
        Plan plan = plan(script(
                "1",
                "alter table item add column price numeric; create sequence item_numbers;",
                "alter table item drop column price;"));

        // When
        var rehearsal = rehearse(plan, Predictions.NONE).rehearsal();

        // Then: the second time the sequence is there already
        assertThat(rehearsal.wayBack()).isEqualTo(WayBack.FAILED);
        assertThat(rehearsal.wayBackDetail()).contains("V1__test.sql", "item_numbers");
    }

    @Test
    void saysWhatIsDifferentAfterTheWayBack() throws Exception {
        // Given
        Plan plan = plan(script("1", "alter table item add column if not exists price numeric;", "select 1;"));

        // When
        var rehearsal = rehearse(plan, Predictions.NONE).rehearsal();

        // Then
        assertThat(rehearsal.wayBack()).isEqualTo(WayBack.DIFFERS);
        assertThat(rehearsal.wayBackDetail()).contains("left behind: price numeric");
    }

    @Test
    void refusesAStatementThatWouldFailOnTheTargetAndSaysWhere() throws Exception {
        // Given
        Plan plan = plan(script("1", "select 1;\n\nalter table itme add column price numeric;", null));

        // When
        var rehearsed = rehearse(plan, Predictions.NONE);

        // Then
        assertThat(rehearsed.rehearsal().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rehearsed.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.line()).isEqualTo(3);
            assertThat(finding.message()).contains("relation \"itme\" does not exist");
        });
    }

    @Test
    void makesTheSchemasThatFlywayWouldMake() throws Exception {
        // Given
        var settings = new FlywaySettings(Map.of(), List.of("Not there yet"), false, null);
        Plan plan = Plan.of(
                Plan.Kind.MIGRATION,
                settings,
                List.of(script("1", "create table note (id int);", null)),
                TargetStates.read(SharedServersResource.target(), settings));

        // When
        var rehearsed = rehearse(plan, Predictions.NONE);

        // Then
        assertThat(rehearsed.findings()).isEmpty();
        assertThat(rehearsed.rehearsal().outcome()).isEqualTo(Outcome.CONFIRMED);
    }

    @Test
    void looksForNamesWhereTheTargetWill() throws Exception {
        // Given
        sql("create schema if not exists elsewhere");
        sql("create table elsewhere.only_there (id int)");
        PlannedScript script = script("1", "alter table only_there add column price numeric;", null);

        // When
        var ordinary = rehearse(plan(script), Predictions.NONE);
        var there = rehearse(plan(new RunMode(false, null, List.of("elsewhere")), script), Predictions.NONE);

        // Then
        assertThat(ordinary.rehearsal().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(there.rehearsal().outcome()).isEqualTo(Outcome.CONFIRMED);
    }

    @Test
    void triesAGroupInOneTransactionAndTheWayBackScriptByScript() throws Exception {
        // Given: a value that only another transaction may use
        PlannedScript type = script("1", "create type mood as enum ('calm');", "drop type mood;");
        PlannedScript value = script("2", "alter type mood add value 'wild';", "select 1;");
        PlannedScript table = script("3", "create table g (m mood);", "drop table g;");
        sql("create type temper as enum ('calm')");
        PlannedScript more = script("1", "alter type temper add value 'wild';", null);
        PlannedScript use = script("2", "create table t (m temper default 'wild');", null);
        RunMode group = new RunMode(true, null, List.of());

        // When
        var apart = rehearse(plan(more, use), Predictions.NONE);
        var together = rehearse(plan(group, more, use), Predictions.NONE);
        var sound = rehearse(plan(group, type, value, table), Predictions.NONE);

        // Then
        assertThat(apart.rehearsal().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(together.rehearsal().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(together.findings()).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("unsafe use of new value"));
        assertThat(sound.rehearsal().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(sound.rehearsal().statements()).isEqualTo(3);
        assertThat(sound.rehearsal().wayBack()).isEqualTo(WayBack.PROVED);
    }

    @Test
    void doesNotHoldMissingRowsAgainstAPlan() throws Exception {
        // Given
        Plan plan = plan(script("1", "insert into part values (1, 1);", null));

        // When
        var rehearsed = rehearse(plan, Predictions.NONE);

        // Then
        assertThat(rehearsed.findings()).isEmpty();
        assertThat(rehearsed.rehearsal().outcome()).isEqualTo(Outcome.NOT_REHEARSED);
        assertThat(rehearsed.rehearsal().why()).contains("line 1 of V1__test.sql", "foreign key");
    }

    @Test
    void triesNothingThatReachesBeyondTheDatabase() throws Exception {
        // Given
        Plan plan = plan(script("1", "/* for the */ create role rehearsed_role;", null));

        // When
        var rehearsal = rehearse(plan, Predictions.NONE).rehearsal();

        // Then
        assertThat(rehearsal.outcome()).isEqualTo(Outcome.NOT_REHEARSED);
        assertThat(rehearsal.why()).contains("line 1 of V1__test.sql reaches beyond the database");
        assertThat(value("select count(*) from pg_roles where rolname = 'rehearsed_role'"))
                .isEqualTo("0");
    }

    @Test
    void holdsLocksAndRewritesAgainstThePrediction() throws Exception {
        // Given
        Plan plan = plan(script(
                "1", "alter table item alter column id type bigint; alter table part add column note text;", null));
        var right = new Prediction(
                Map.of("public.item", LockMode.ACCESS_EXCLUSIVE, "public.part", LockMode.ACCESS_EXCLUSIVE),
                Set.of("public.item"));
        var wrong = new Prediction(Map.of("public.part", LockMode.SHARE), Set.of("public.part"));

        // When
        var rehearsal = rehearse(plan, (script, statement) -> Optional.of(statement == 0 ? right : wrong))
                .rehearsal();

        // Then: part was locked by the first statement already
        assertThat(rehearsal.outcome()).isEqualTo(Outcome.MISMATCH);
        assertThat(rehearsal.confirmed()).isEqualTo(1);
        assertThat(rehearsal.mismatches())
                .containsExactly(new Mismatch("V1__test.sql", 1, "public.part written anew", "public.part kept"));
    }

    @Test
    void holdsOnlyTablesAgainstThePredictionThatThePlanFound() throws Exception {
        // Given: what the block makes, no reader of the script can know
        Plan plan = plan(script(
                "1",
                "do $$ begin execute 'create table made (id int)'; end $$; alter table made add column note text;",
                null));

        // When
        var rehearsal = rehearse(plan, (script, statement) -> Optional.of(new Prediction(Map.of(), Set.of())))
                .rehearsal();

        // Then
        assertThat(rehearsal.mismatches()).isEmpty();
        assertThat(rehearsal.outcome()).isEqualTo(Outcome.CONFIRMED);
    }

    @Test
    void knowsThatATableWasLockedWhichIsGone() throws Exception {
        // Given
        Plan plan = plan(script("1", "drop table part; alter table item rename to things;", null));
        var drop = new Prediction(
                Map.of("public.part", LockMode.ACCESS_EXCLUSIVE, "public.item", LockMode.ACCESS_EXCLUSIVE), Set.of());
        var rename = new Prediction(Map.of("public.item", LockMode.ACCESS_EXCLUSIVE), Set.of());

        // When
        var rehearsal = rehearse(plan, (script, statement) -> Optional.of(statement == 0 ? drop : rename))
                .rehearsal();

        // Then
        assertThat(rehearsal.mismatches()).isEmpty();
        assertThat(rehearsal.confirmed()).isEqualTo(2);
    }

    @Test
    void takesNoNewTableForTheOneWhoseNameItGot() throws Exception {
        // Given
        Plan plan = plan(script(
                "1",
                "alter table part rename to parts; create table part (id int); alter table part add column note text;",
                null));
        var rename = new Prediction(Map.of("public.part", LockMode.ACCESS_EXCLUSIVE), Set.of());
        var nothing = new Prediction(Map.of(), Set.of());

        // When
        var rehearsal = rehearse(plan, (script, statement) -> Optional.of(statement == 0 ? rename : nothing))
                .rehearsal();

        // Then
        assertThat(rehearsal.mismatches()).isEmpty();
        assertThat(rehearsal.confirmed()).isEqualTo(3);
    }

    @Test
    void saysThatATargetWhichDoesNotAnswerCannotBeCopied() throws Exception {
        // Given
        Target down = targets.find(new TargetId("down")).orElseThrow();

        // When
        var rehearsal = rehearsals
                .rehearse(down, plan(script("1", "select 1", null)), Predictions.NONE)
                .rehearsal();

        // Then
        assertThat(rehearsal.outcome()).isEqualTo(Outcome.NOT_REHEARSED);
        assertThat(rehearsal.why()).contains("the schema cannot be copied");
    }

    @Test
    void dropsWhatAKilledRehearsalLeftBehind() throws Exception {
        // Given
        sql("create database slipway_rehearsal_1700000000_dead");

        // When
        rehearse(plan(script("1", "select 1", null)), Predictions.NONE);

        // Then
        assertThat(value("select count(*) from pg_database where datname like 'slipway\\_rehearsal\\_%'"))
                .isEqualTo("0");
    }

    @Test
    void findsRowsThatBreakANewConstraintAndQuotesNone() throws Exception {
        // Given
        sql(
                "alter table item add column code text; insert into item values (2, 'secret', null); alter table item add other text");
        Plan plan = plan(script("1", "alter table item alter column code set not null;", null));

        // When
        var empty = rehearse(plan, Predictions.NONE);
        var rehearsed = rehearseWithRows(plan);

        // Then
        assertThat(empty.findings()).isEmpty();
        assertThat(rehearsed.rehearsal().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rehearsed.findings()).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("\"code\"", "contains null values"));
        assertThat(rehearsed.toString()).doesNotContain("secret");
    }

    @Test
    void copiesNoRowsWithoutThoseThatTheyReferTo() throws Exception {
        // Given: two rows of each table are copied, and only the first item is among them
        sql(
                "insert into item select i, 'item ' || i from generate_series(2, 9) i; insert into part values (1, 9), (2, 1)");
        sql("create sequence numbers; select setval('numbers', 41)");
        Plan plan = plan(script("1", """
                do $$ begin
                  assert (select count(*) from item) = 2 and (select array_agg(id) from part) = '{2}';
                  assert nextval('numbers') = 42;
                end $$;
                """, null));

        // When
        var rehearsal = rehearseWithRows(plan).rehearsal();

        // Then
        assertThat(rehearsal.why()).isNull();
        assertThat(rehearsal.outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(rehearsal.copied()).isNotNull().satisfies(copied -> {
            assertThat(copied.rows()).isEqualTo(3);
            assertThat(copied.rowsDetail()).isNull();
            assertThat(copied.statistics()).startsWith("not copied");
        });
    }

    @Test
    void doesNotHoldRowsAgainstAPlanThatItHasWrittenItself() throws Exception {
        // Given: the second row's partner was not copied
        Plan plan = plan(script(
                "1",
                "update item set name = (select 'x' from part where part.item = 7); alter table item alter name set not null;",
                null));

        // When
        var rehearsed = rehearseWithRows(plan);

        // Then
        assertThat(rehearsed.findings()).isEmpty();
        assertThat(rehearsed.rehearsal().outcome()).isEqualTo(Outcome.NOT_REHEARSED);
    }

    @Test
    void withholdsAMessageThatQuotesARow() throws Exception {
        // Given
        Plan plan = plan(script("1", "alter table item alter name type int using name::int;", null));

        // When
        var rehearsed = rehearseWithRows(plan);

        // Then: PostgreSQL says: invalid input syntax for type integer: "one"
        assertThat(rehearsed.rehearsal().why()).contains("SQLSTATE 22P02");
        assertThat(rehearsed.toString()).doesNotContain("one\"");
    }

    @Test
    void derivesUndoScriptsAndProvesThem() throws Exception {
        // Given: the second has its own
        Plan plan = plan(
                script(
                        "1",
                        "alter table item add column price numeric; create index item_price on item (price);",
                        null),
                script("2", "create table note (id int primary key);", "drop table note;"),
                script(
                        "3",
                        "create table tag (id serial primary key, item int references item); alter table item add check (price > 0);",
                        null),
                script("4", "drop table part;", null));

        // When
        var rehearsal = rehearse(plan, Predictions.NONE).rehearsal();

        // Then
        assertThat(rehearsal.wayBack()).isEqualTo(WayBack.NONE);
        var derived = rehearsal.derivedUndo();
        assertThat(derived.why()).isNull();
        assertThat(derived.drafts())
                .extracting(Draft::script)
                .containsExactly("V1__test.sql", "V3__test.sql", "V4__test.sql");
        assertThat(derived.drafts()).allSatisfy(draft -> {
            assertThat(draft.detail()).isNull();
            assertThat(draft.outcome()).isEqualTo(DerivedUndo.Outcome.PROVED);
            assertThat(draft.sql()).doesNotContainIgnoringCase("owner to");
        });
        assertThat(derived.drafts().getFirst().losses())
                .containsExactly("Lost with it: what is in column price of public.item by then.");
        assertThat(value("select count(*) from pg_database where datname like 'slipway\\_rehearsal\\_%'"))
                .isEqualTo("0");
    }

    @Test
    void saysWhatADerivedUndoDoesNotBringBack() throws Exception {
        // Given
        sql("alter table item add column price numeric not null default 1, add column size int not null default 1;"
                + "alter table item alter price drop default");
        Plan plan = plan(
                script("1", "alter table item drop column size;", null),
                script("2", "alter table item drop column price;", null),
                script("3", "update item set name = 'two';", null));

        // When
        var drafts = rehearse(plan, Predictions.NONE).rehearsal().derivedUndo().drafts();

        // Then
        assertThat(drafts).extracting(Draft::outcome).containsOnly(DerivedUndo.Outcome.PROVED);
        assertThat(drafts.getFirst().losses())
                .containsExactly("Not brought back: what was in column size of public.item (line 1 of V1__test.sql).");
        assertThat(drafts.get(1).losses()).anyMatch(loss -> loss.contains("fails as soon as"));
        assertThat(drafts.getLast().sql()).isEmpty();
        assertThat(drafts.getLast().losses())
                .containsExactly("Not changed back: values of public.item (line 1 of V3__test.sql).");
    }

    @Test
    void saysThatADerivedUndoDoesNotLeadBack() throws Exception {
        // Given: the library does not see a replica identity
        Plan plan = plan(
                script("1", "alter table part replica identity full;", null),
                script("2", "alter table part add column note text;", null));

        // When
        var drafts = rehearse(plan, Predictions.NONE).rehearsal().derivedUndo().drafts();

        // Then: the next one has its own chance
        assertThat(drafts.getFirst().outcome()).isEqualTo(DerivedUndo.Outcome.DIFFERS);
        assertThat(drafts.getFirst().detail()).contains("REPLICA IDENTITY FULL");
        assertThat(drafts.getLast().outcome()).isEqualTo(DerivedUndo.Outcome.PROVED);
    }

    private Rehearsed rehearseWithRows(Plan plan) throws InterruptedException {
        Target target = targets.find(new TargetId("default")).orElseThrow();
        Target withRows = new Target(
                target.id(),
                "with-rows",
                target.labels(),
                target.connection(),
                target.replica(),
                target.writePool(),
                target.readPool(),
                target.lockTimeout(),
                target.session());
        return rehearsals.rehearse(withRows, plan, Predictions.NONE);
    }

    private Rehearsed rehearse(Plan plan, Predictions predictions) throws InterruptedException {
        return rehearsals.rehearse(targets.find(new TargetId("default")).orElseThrow(), plan, predictions);
    }

    private static Plan plan(PlannedScript... scripts) throws SQLException {
        return Plan.of(
                Plan.Kind.MIGRATION,
                FlywaySettings.DEFAULTS,
                List.of(scripts),
                TargetStates.read(SharedServersResource.target(), FlywaySettings.DEFAULTS));
    }

    private static Plan plan(RunMode mode, PlannedScript... scripts) throws SQLException {
        Plan plan = plan(scripts);
        return Plan.of(plan.kind(), plan.settings(), plan.scripts(), plan.state(), null, List.of(), mode);
    }

    private static PlannedScript script(String version, String sql, @Nullable String undo) {
        return new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion(version),
                "test",
                "V%s__test.sql".formatted(version),
                7,
                true,
                sql,
                null,
                undo == null ? null : new ScriptFile("U%s__test.sql".formatted(version), undo));
    }

    private static void sql(String statement) throws SQLException {
        try (var connection = SharedServersResource.target().getConnection();
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static String value(String query) throws SQLException {
        try (var connection = SharedServersResource.target().getConnection();
                var execution = connection.createStatement();
                var row = execution.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
