package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Figures;
import io.slipway.contracts.Figures.HeldLock;
import io.slipway.contracts.Figures.TableChanges;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RowChanges;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StatementFigures;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.eventing.SharedServersResource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured of scripts, beside what PostgreSQL has done. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class FiguresIT extends ExecutionFixture {
    private static final String TABLES = """
            create table item (id int primary key, name text);
            create table log (id int);
            create table child (item int references item on delete cascade);
            create table part (id int, place text) partition by list (place);
            create table part_a partition of part for values in ('a');
            create table part_b partition of part for values in ('b');
            create function log_it() returns trigger language plpgsql as $$
                begin insert into log values (1), (2); return null; end $$;
            """;

    private record Case(String sql, RowChanges rows) {}

    private static final List<Case> CASES = List.of(
            new Case(
                    "insert into item select g, 'item' from generate_series(1, 30000) g", new RowChanges(30_000, 0, 0)),
            new Case("update item set name = upper(name) where id <= 50", new RowChanges(0, 50, 0)),
            new Case("delete from item where id > 29990", new RowChanges(0, 0, 10)),
            new Case(
                    "with gone as (delete from item where id > 29980 returning id), kept as (insert into log select id from gone returning id) update item set name = 'x' where id <= 3",
                    new RowChanges(10, 3, 10)),
            new Case(
                    "create trigger logged after update on item for each row execute function log_it(); update item set name = 'y' where id <= 4",
                    new RowChanges(8, 4, 0)),
            new Case("insert into child values (100), (101), (101)", new RowChanges(3, 0, 0)),
            new Case("delete from item where id = 101", new RowChanges(0, 0, 3)),
            new Case("insert into part values (1, 'a'), (2, 'a'), (3, 'b')", new RowChanges(3, 0, 0)),
            new Case("update part set place = 'b' where id = 1", new RowChanges(1, 0, 1)),
            new Case(
                    "merge into part using (values (2, 'n'), (9, 'n')) n(id, place) on part.id = n.id when matched then delete when not matched then insert values (n.id, 'b')",
                    new RowChanges(1, 0, 1)),
            new Case("insert into log values (7); truncate log", RowChanges.NONE),
            new Case("copy log from stdin;\n1\n2\n3\n\\.\n", new RowChanges(3, 0, 0)),
            new Case(
                    "insert into log values (8) on conflict do nothing; alter table log rename to journal",
                    new RowChanges(1, 0, 0)));

    /** For what is to be there before the first script: Flyway minds it in its own schema. */
    @BeforeEach
    void aSchemaOfTheApplication() {
        sql("drop schema if exists app cascade");
        sql("create schema app");
    }

    @Test
    void countsRowsAsPostgresqlDoesWhateverChangesThem() {
        // Given
        var cases = cases();
        List<PlannedScript> scripts = new ArrayList<>(List.of(script("1", "tables", TABLES)));
        IntStream.range(0, cases.size())
                .forEach(i -> scripts.add(
                        script(String.valueOf(i + 2), "case", cases.get(i).sql())));
        // When
        var ended = execute(plan(scripts.toArray(PlannedScript[]::new)), MigrationApplied.class);
        // Then
        var done = ended.migrations().stream().skip(1).toList();
        var rows = cases.stream().map(Case::rows).toList();
        assertThat(done).extracting(each -> figures(each).rows()).containsExactlyElementsOf(rows);
        assertThat(done)
                .extracting(AppliedMigration::rowsAffected)
                .containsExactlyElementsOf(rows.stream().map(RowChanges::sum).toList());
        assertThat(figures(done.get(3)).tables())
                .containsExactly(
                        new TableChanges("public.item", new RowChanges(0, 3, 10)),
                        new TableChanges("public.log", new RowChanges(10, 0, 0)));
        assertThat(figures(done.get(8)).tables())
                .extracting(TableChanges::table)
                .containsExactly("public.part_a", "public.part_b");
        assertThat(done.getLast().tablesModified()).containsExactly("public.journal");
        assertThat(figures(done.getFirst()).walBytes()).isGreaterThan(1_000_000);
    }

    /** MERGE came with PostgreSQL 15. */
    private List<Case> cases() {
        boolean merges = Integer.parseInt(query("show server_version_num")) >= 150_000;
        return CASES.stream()
                .filter(each -> merges || !each.sql().startsWith("merge"))
                .toList();
    }

    @Test
    void tellsLocksAndNoticesAndWhatEachStatementDidWithoutItsText() {
        // Given
        sql("create table app.item (id int primary key, secret text)");
        String sql = """
                -- the customer's
                insert into app.item values (1, 'hidden'), (2, 'hidden');

                do $$ begin raise notice 'half way'; end $$;
                alter table app.item add column if not exists secret text;
                """;
        // When
        var ended = execute(plan(script("1", "item", sql)), MigrationApplied.class);
        // Then
        Figures figures = figures(ended.migrations().getFirst());
        assertThat(figures.statements())
                .extracting(StatementFigures::number, StatementFigures::line, StatementFigures::kind)
                .containsExactly(tuple(1, 2, "INSERT"), tuple(2, 4, "DO"), tuple(3, 5, "ALTER"));
        assertThat(figures.statements())
                .extracting(StatementFigures::rows)
                .containsExactly(new RowChanges(2, 0, 0), RowChanges.NONE, RowChanges.NONE);
        assertThat(figures.statements())
                .allMatch(each -> each.took().isPositive() && each.attempts() == 1 && each.walBytes() >= 0);
        assertThat(figures.locks())
                .containsExactly(
                        new HeldLock("app.item", "ACCESS EXCLUSIVE", 3), new HeldLock("app.item", "ROW EXCLUSIVE", 1));
        assertThat(figures.notices())
                .containsExactly("half way", "column \"secret\" of relation \"item\" already exists, skipping");
        assertThat(figures.lockAttempts()).isEqualTo(1);
        assertThat(figures.lockWait()).isZero();
        assertThat(figures.leftOut()).isNull();
        assertThat(ended.toString()).doesNotContain("hidden");
    }

    @Test
    void measuresEachScriptOfAGroupByItself() {
        // Given
        var group = group(
                script("1", "item", "create table item (id int); insert into item values (1), (2)"),
                script("2", "more", "create table more (id int); insert into item values (3)"));
        // When
        var done = execute(group, MigrationApplied.class).migrations();
        // Then
        assertThat(done)
                .extracting(each -> figures(each).rows())
                .containsExactly(new RowChanges(2, 0, 0), new RowChanges(1, 0, 0));
        assertThat(figures(done.getLast()).locks()).containsExactly(new HeldLock("public.more", "ACCESS EXCLUSIVE", 1));
    }

    @Test
    void keepsToItsBoundsAndSaysWhatIsLeftOut() {
        // Given
        String inserts = IntStream.range(0, 120)
                .mapToObj("insert into item values (%d);"::formatted)
                .collect(Collectors.joining("\n"));
        String notices = "do $$ begin for n in 1..30 loop raise notice '%', repeat('x', 900); end loop; end $$;";
        // When
        var ended = execute(
                plan(script("1", "item", "create table item (id int);" + inserts + notices)), MigrationApplied.class);
        // Then
        AppliedMigration migration = ended.migrations().getFirst();
        Figures figures = figures(migration);
        assertThat(migration.rowsAffected()).isEqualTo(120);
        assertThat(figures.rows()).isEqualTo(new RowChanges(120, 0, 0));
        assertThat(figures.statements()).hasSize(100);
        assertThat(figures.notices()).hasSize(20).allMatch(notice -> notice.length() == 500);
        assertThat(figures.leftOut()).isEqualTo(new Figures.LeftOut(0, 0, 10, 22));
    }

    @Test
    void tellsHowOftenAndHowLongALockWasTriedFor() throws SQLException {
        // Given
        sql("create table app.item (id int primary key)");
        String alter = "alter table app.item add column price int";
        try (var _ = Blockade.of("checkout", "select * from app.item")) {
            // When
            announce(run, plan(script("1", "more", "create table more (id int)"), script("2", "price", alter)));
            awaitTheSecondAttempt();
        }
        // Then
        var done = ended(MigrationApplied.class).migrations();
        assertThat(figures(done.getFirst()).lockAttempts()).isEqualTo(1);
        assertThat(figures(done.getFirst()).lockWait()).isZero();
        assertThat(figures(done.getLast()).lockAttempts()).isGreaterThan(1);
        assertThat(figures(done.getLast()).lockWait()).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void measuresStatementsOutsideATransactionAsFarAsPostgresqlTells() throws SQLException {
        // Given
        sql("create table app.item (id int primary key)");
        String sql = """
                insert into app.item select generate_series(1, 20);
                create index concurrently if not exists item_pkey on app.item (id);
                alter table app.item add column price int;
                """;
        try (var _ = Blockade.of("checkout", "select * from app.item")) {
            // When
            announce(run, plan(outsideTransaction("1", "item", sql)));
            awaitTheSecondAttempt();
        }
        // Then
        Figures figures = figures(ended(MigrationApplied.class).migrations().getFirst());
        assertThat(figures.rows()).isNull();
        assertThat(figures.locks()).isEmpty();
        assertThat(figures.statements())
                .extracting(StatementFigures::line, StatementFigures::kind, StatementFigures::rowsAffected)
                .containsExactly(tuple(1, "INSERT", 20L), tuple(2, "CREATE", 0L), tuple(3, "ALTER", 0L));
        assertThat(figures.statements().getLast().attempts()).isGreaterThan(1);
        assertThat(figures.lockAttempts())
                .isEqualTo(figures.statements().getLast().attempts());
        assertThat(figures.lockWait()).isGreaterThan(Duration.ofMillis(400));
        assertThat(figures.notices()).containsExactly("relation \"item_pkey\" already exists, skipping");
    }

    @Test
    void measuresAScriptInBatchesAsOneStatement() {
        // Given
        sql("create table app.item (id int primary key, price int)");
        sql("insert into app.item select g, 1 from generate_series(1, 250) g");
        String raise =
                "-- slipway:batch table=app.item key=id size=100 pause=1ms\nupdate app.item set price = price + 1";
        // When
        var ended = execute(plan(inBatches("1", "raise", raise)), MigrationApplied.class);
        // Then
        assertThat(figures(ended.migrations().getFirst()).statements())
                .extracting(StatementFigures::line, StatementFigures::kind, StatementFigures::rowsAffected)
                .containsExactly(tuple(2, "UPDATE", 250L));
    }

    @Test
    void measuresWhatIsTakenBack() {
        // Given
        plainFlyway(Map.of(
                        "V1__shop.sql",
                        "create table item (id int)",
                        "V2__items.sql",
                        "insert into item select generate_series(1, 9)"))
                .migrate();
        var undo = undo(
                "2", "items", "delete from item where id > 2;\ndelete from item;\ndrop table if exists no_such_table");
        // When
        var ended = execute(rollback(undo), RollbackApplied.class);
        // Then
        Figures figures = figures(ended.undone().getFirst());
        assertThat(figures.rows()).isEqualTo(new RowChanges(0, 0, 9));
        assertThat(figures.statements())
                .extracting(StatementFigures::line, StatementFigures::rowsAffected)
                .containsExactly(tuple(1, 7L), tuple(2, 2L), tuple(3, 0L));
        assertThat(figures.locks()).containsExactly(new HeldLock("public.item", "ROW EXCLUSIVE", 1));
        assertThat(figures.notices()).containsExactly("table \"no_such_table\" does not exist, skipping");
    }

    @Test
    void keepsTheFiguresInALedgerOfAnEarlierVersionAsWell() {
        // Given
        execute(plan(script("1", "shop", "create table item (id int)")), MigrationApplied.class);
        sql("alter table slipway_ledger drop column figures");
        RunId next = RunId.random();
        // When
        var ended = execute(
                next,
                plan(script("2", "items", "insert into item select generate_series(1, 5)")),
                MigrationApplied.class);
        // Then
        assertThat(figures(ended.migrations().getFirst()).rows()).isEqualTo(new RowChanges(5, 0, 0));
        assertThat(query(
                        "select figures #>> '{rows,inserted}' from slipway_ledger where run_id = '%s'".formatted(next)))
                .isEqualTo("5");
    }

    private void awaitTheSecondAttempt() {
        await().until(() -> facts(MigrationProgressed.class).stream()
                .anyMatch(progress -> progress.attempt() != null && progress.attempt() > 1));
    }

    private static Figures figures(AppliedMigration migration) {
        assertThat(migration.figures()).isNotNull();
        return migration.figures();
    }
}
