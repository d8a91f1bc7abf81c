package io.slipway.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.Assignment;
import io.slipway.sql.ast.Statement.Filter;
import io.slipway.sql.ast.Statement.TransactionControl.Verb;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.source.Lines;
import io.slipway.sql.source.Position;
import io.slipway.sql.source.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void readsEachKindOfStatement(String sql, Statement expected) {
        assertThat(Parser.parse(sql)).containsExactly(expected);
    }

    static Stream<Arguments> statements() {
        return Stream.of(
                of("CREATE SCHEMA IF NOT EXISTS App", span -> new Statement.CreateSchema(span, "app", true)),
                of("CREATE SCHEMA AUTHORIZATION joe", span -> new Statement.CreateSchema(span, "joe", false)),
                of(
                        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON app.t USING btree (lower(a)) WHERE b",
                        span -> new Statement.CreateIndex(
                                span,
                                "i",
                                new Name("app", "t"),
                                true,
                                true,
                                true,
                                false,
                                "USING btree (lower(a)) WHERE b")),
                of(
                        "CREATE INDEX ON ONLY \"T\" (a)",
                        span -> new Statement.CreateIndex(span, null, Name.of("T"), false, false, false, true, "(a)")),
                of(
                        "CREATE OR REPLACE VIEW v AS SELECT 1",
                        span -> new Statement.CreateView(span, Name.of("v"), false, true, false)),
                of(
                        "CREATE MATERIALIZED VIEW v AS SELECT 1",
                        span -> new Statement.CreateView(span, Name.of("v"), true, false, false)),
                of("CREATE TYPE mood AS ENUM ('a')", span -> created(span, ObjectKind.TYPE, "mood")),
                of("CREATE DOMAIN d AS int CHECK (value > 0)", span -> created(span, ObjectKind.DOMAIN, "d")),
                of("CREATE SEQUENCE s AS int", span -> created(span, ObjectKind.SEQUENCE, "s")),
                of("CREATE EXTENSION IF NOT EXISTS pg_trgm", span -> created(span, ObjectKind.EXTENSION, "pg_trgm")),
                of(
                        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE 'sql' AS $$ SELECT 1; $$",
                        span -> created(span, ObjectKind.ROUTINE, "f")),
                of(
                        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM t; SELECT 1; END",
                        span -> created(span, ObjectKind.ROUTINE, "f")),
                of(
                        "CREATE DATABASE d",
                        span -> new Statement.CreateObject(
                                span, ObjectKind.DATABASE, Name.of("d"), false, false, false)),
                of(
                        "ALTER INDEX i RENAME TO j",
                        span -> new Statement.RenameObject(span, ObjectKind.INDEX, Name.of("i"), "j")),
                of(
                        "ALTER VIEW app.v RENAME TO \"W\"",
                        span -> new Statement.RenameObject(span, ObjectKind.VIEW, new Name("app", "v"), "W")),
                of(
                        "ALTER SCHEMA a RENAME TO b",
                        span -> new Statement.RenameObject(span, ObjectKind.SCHEMA, Name.of("a"), "b")),
                of(
                        "DROP TABLE IF EXISTS Foo, \"Fo\"\"o\".BAR, db.s.t CASCADE",
                        span -> new Statement.DropObject(
                                span,
                                ObjectKind.TABLE,
                                List.of(Name.of("foo"), new Name("Fo\"o", "bar"), new Name("s", "t")),
                                true,
                                true,
                                false)),
                of("DROP INDEX CONCURRENTLY i", span -> dropped(span, ObjectKind.INDEX, "i", true)),
                of("DROP MATERIALIZED VIEW v", span -> dropped(span, ObjectKind.MATERIALIZED_VIEW, "v", false)),
                of("DROP SCHEMA s", span -> dropped(span, ObjectKind.SCHEMA, "s", false)),
                of("DROP DATABASE d WITH (FORCE)", span -> dropped(span, ObjectKind.DATABASE, "d", false)),
                of("DROP FUNCTION f(int)", span -> dropped(span, ObjectKind.ROUTINE, "f", false)),
                of("DROP ROUTINE f(int)", span -> dropped(span, ObjectKind.ROUTINE, "f", false)),
                of("DROP TRIGGER x ON t", span -> dropped(span, ObjectKind.TRIGGER, "x", false)),
                of("DROP POLICY p ON t", span -> other(span, "DROP POLICY")),
                of(
                        "TRUNCATE TABLE ONLY a, b CASCADE",
                        span -> new Statement.Truncate(span, List.of(Name.of("a"), Name.of("b")), true)),
                of("DELETE FROM t", span -> new Statement.Delete(span, Name.of("t"), Filter.NONE, List.of())),
                of(
                        "UPDATE t SET a = 1, b = lower(b) WHERE id < 5",
                        span -> new Statement.Update(
                                span,
                                Name.of("t"),
                                Filter.RESTRICTING,
                                List.of(new Assignment("a", "1"), new Assignment("b", "lower(b)")),
                                List.of())),
                of(
                        "UPDATE t SET a = u.a FROM u",
                        span -> new Statement.Update(span, Name.of("t"), Filter.NONE, List.of(), List.of())),
                of(
                        "INSERT INTO t (a) VALUES (1), (2) ON CONFLICT DO NOTHING",
                        span -> new Statement.Insert(span, Name.of("t"), false, List.of())),
                of("INSERT INTO t SELECT 1", span -> new Statement.Insert(span, Name.of("t"), true, List.of())),
                of("COPY t (a) FROM stdin", span -> new Statement.Insert(span, Name.of("t"), false, List.of())),
                of(
                        "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE",
                        span -> new Statement.Merge(span, Name.of("t"), true, List.of())),
                of("SELECT 1", span -> new Statement.Query(span, List.of())),
                of("DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$", Statement.AnonymousBlock::new),
                of("START TRANSACTION", span -> new Statement.TransactionControl(span, Verb.BEGIN, true)),
                of("END", span -> new Statement.TransactionControl(span, Verb.COMMIT, true)),
                of("ABORT", span -> new Statement.TransactionControl(span, Verb.ROLLBACK, true)),
                of("SAVEPOINT a", span -> new Statement.TransactionControl(span, Verb.SAVEPOINT, true)),
                of(
                        "ROLLBACK TO SAVEPOINT a",
                        span -> new Statement.TransactionControl(span, Verb.ROLLBACK_TO_SAVEPOINT, true)),
                of("RELEASE a", span -> new Statement.TransactionControl(span, Verb.RELEASE_SAVEPOINT, true)),
                of(
                        "SET LOCAL search_path TO App, \"B\", 'C'",
                        span -> new Statement.SetSearchPath(span, List.of("app", "B", "C"))),
                of("SET search_path TO DEFAULT", span -> new Statement.SetSearchPath(span, List.of())),
                of("SET lock_timeout = '2s'", span -> other(span, "SET")),
                of("GRANT SELECT ON t TO joe", span -> other(span, "GRANT")),
                of("COMMENT ON TABLE t IS 'x'", span -> other(span, "COMMENT")),
                of("ALTER TYPE mood ADD VALUE 'b'", span -> other(span, "ALTER TYPE")),
                of(
                        "CREATE OR REPLACE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
                        span -> other(span, "CREATE TRIGGER")),
                of("EXPLAIN DELETE FROM t", span -> other(span, "EXPLAIN")));
    }

    @Test
    void readsATableWithItsColumnsAndConstraints() {
        // When
        Statement statement = one("""
                CREATE UNLOGGED TABLE IF NOT EXISTS app.t (
                  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                  n serial,
                  a numeric(10, 2) NOT NULL DEFAULT 0,
                  b int NOT NULL DEFAULT (NULL::int) REFERENCES u (id),
                  c int GENERATED ALWAYS AS (a + 1) STORED,
                  CONSTRAINT positive CHECK (a > 0)
                ) PARTITION BY RANGE (id)""");

        // Then
        assertThat(statement)
                .isEqualTo(new Statement.CreateTable(
                        statement.span(),
                        new Name("app", "t"),
                        Persistence.UNLOGGED,
                        true,
                        List.of(
                                new Column(
                                        "id",
                                        "bigint",
                                        true,
                                        Filling.IDENTITY,
                                        List.of(new Constraint(null, Constraint.Kind.PRIMARY_KEY, true, null, null))),
                                new Column("n", "serial", false, Filling.SERIAL, List.of()),
                                new Column("a", "numeric(10, 2)", true, Filling.DEFAULT, List.of()),
                                new Column(
                                        "b",
                                        "int",
                                        true,
                                        Filling.NOTHING,
                                        List.of(new Constraint(
                                                null, Constraint.Kind.FOREIGN_KEY, true, Name.of("u"), null))),
                                new Column("c", "int", false, Filling.GENERATED_STORED, List.of())),
                        List.of(new Constraint("positive", Constraint.Kind.CHECK, true, null, null)),
                        null,
                        true,
                        false,
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TEMP TABLE t (a int) ON COMMIT DROP | TEMPORARY | false |",
                "CREATE TABLE t AS SELECT 1 | PERMANENT | true |",
                "SELECT * INTO TEMP t FROM u | TEMPORARY | true |",
                "CREATE TABLE t (LIKE u INCLUDING ALL) | PERMANENT | false |",
                "CREATE TABLE t PARTITION OF app.p FOR VALUES FROM (1) TO (2) | PERMANENT | false | app.p",
                "CREATE TABLE t PARTITION OF app.p DEFAULT | PERMANENT | false | app.p"
            })
    void readsAllFormsOfCreateTable(String sql, Persistence persistence, boolean fromQuery, String parent) {
        // When
        Statement.CreateTable table = (Statement.CreateTable) one(sql);

        // Then
        assertThat(table.name()).isEqualTo(Name.of("t"));
        assertThat(table.persistence()).isEqualTo(persistence);
        assertThat(table.fromQuery()).isEqualTo(fromQuery);
        assertThat(table.partitionOf() == null ? null : table.partitionOf().sql())
                .isEqualTo(parent);
    }

    @Test
    void readsEachActionOfAlterTable() {
        // When
        Statement.AlterTable alter = (Statement.AlterTable) one("""
                ALTER TABLE IF EXISTS ONLY app.t
                  ADD COLUMN IF NOT EXISTS a text NOT NULL,
                  DROP b CASCADE,
                  ALTER c SET NOT NULL,
                  ALTER d DROP NOT NULL,
                  ALTER e SET DEFAULT 1,
                  ALTER f DROP DEFAULT,
                  ALTER g TYPE bigint USING g::bigint,
                  ADD CONSTRAINT h FOREIGN KEY (x) REFERENCES u NOT VALID,
                  ADD CONSTRAINT i PRIMARY KEY USING INDEX j,
                  DROP CONSTRAINT k,
                  VALIDATE CONSTRAINT l,
                  OWNER TO joe,
                  ALTER m SET STATISTICS 5""");

        // Then
        assertThat(alter.name()).isEqualTo(new Name("app", "t"));
        assertThat(alter.ifExists()).isTrue();
        List<Span> at = alter.actions().stream().map(TableAction::span).toList();
        assertThat(alter.actions())
                .containsExactly(
                        new TableAction.AddColumn(
                                at.get(0), new Column("a", "text", true, Filling.NOTHING, List.of()), true),
                        new TableAction.DropColumn(at.get(1), "b", false, true),
                        new TableAction.SetNotNull(at.get(2), "c"),
                        new TableAction.DropNotNull(at.get(3), "d"),
                        new TableAction.SetDefault(at.get(4), "e"),
                        new TableAction.DropDefault(at.get(5), "f"),
                        new TableAction.ChangeType(at.get(6), "g", "bigint", true),
                        new TableAction.AddConstraint(
                                at.get(7), new Constraint("h", Constraint.Kind.FOREIGN_KEY, false, Name.of("u"), null)),
                        new TableAction.AddConstraint(
                                at.get(8), new Constraint("i", Constraint.Kind.PRIMARY_KEY, true, null, "j")),
                        new TableAction.DropConstraint(at.get(9), "k", false),
                        new TableAction.ValidateConstraint(at.get(10), "l"),
                        new TableAction.Other(at.get(11), "OWNER TO", null),
                        new TableAction.Other(at.get(12), "ALTER M", "m"));
        assertThat(at.get(1).start()).isEqualTo(new Position(79, 3, 3));
        assertThat(at.get(1).length()).isEqualTo("DROP b CASCADE".length());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("singleActions")
    void readsTheActionsThatStandAlone(String sql, ObjectKind kind, TableAction expected) {
        // When
        Statement.AlterTable alter = (Statement.AlterTable) one(sql);

        // Then
        assertThat(alter.kind()).isEqualTo(kind);
        assertThat(alter.actions()).containsExactly(expected);
    }

    static Stream<Arguments> singleActions() {
        return Stream.of(
                action(
                        "ALTER TABLE t RENAME a TO b",
                        ObjectKind.TABLE,
                        span -> new TableAction.RenameColumn(span, "a", "b")),
                action("ALTER TABLE t RENAME TO u", ObjectKind.TABLE, span -> new TableAction.RenameTable(span, "u")),
                action(
                        "ALTER TABLE t RENAME CONSTRAINT a TO b",
                        ObjectKind.TABLE,
                        span -> new TableAction.RenameConstraint(span, "a", "b")),
                action("ALTER TABLE t SET SCHEMA s", ObjectKind.TABLE, span -> new TableAction.SetSchema(span, "s")),
                arguments(
                        "ALTER FOREIGN TABLE t DROP COLUMN a",
                        ObjectKind.FOREIGN_TABLE,
                        new TableAction.DropColumn(span("ALTER FOREIGN TABLE t ", "DROP COLUMN a"), "a", false, false)),
                arguments(
                        "ALTER VIEW v RENAME COLUMN a TO b",
                        ObjectKind.VIEW,
                        new TableAction.RenameColumn(span("ALTER VIEW v ", "RENAME COLUMN a TO b"), "a", "b")),
                arguments(
                        "ALTER MATERIALIZED VIEW v RENAME a TO b",
                        ObjectKind.MATERIALIZED_VIEW,
                        new TableAction.RenameColumn(span("ALTER MATERIALIZED VIEW v ", "RENAME a TO b"), "a", "b")),
                arguments(
                        "ALTER TABLE t ATTACH PARTITION s.p DEFAULT",
                        ObjectKind.TABLE,
                        new TableAction.AttachPartition(
                                span("ALTER TABLE t ", "ATTACH PARTITION s.p DEFAULT"), new Name("s", "p"))),
                arguments(
                        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                        ObjectKind.TABLE,
                        new TableAction.DetachPartition(
                                span("ALTER TABLE t ", "DETACH PARTITION p CONCURRENTLY"), Name.of("p"), true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id = 1 | RESTRICTING",
                "CURRENT OF c | RESTRICTING",
                "deleted | RESTRICTING",
                "true | TAUTOLOGY",
                "(1 = 1) | TAUTOLOGY",
                "1=1 AND TRUE | TAUTOLOGY",
                "id = 1 OR 1 = 1 | TAUTOLOGY",
                "NOT false | TAUTOLOGY",
                "'a' = 'a' | TAUTOLOGY",
                "1 <> 2 | TAUTOLOGY",
                "1 = 1 AND id = 1 | RESTRICTING",
                "false | RESTRICTING",
                "1 = 2 | RESTRICTING",
                "id = id | RESTRICTING"
            })
    void seesAWhereThatHoldsForEveryRow(String condition, Filter expected) {
        assertThat(((Statement.Delete) one("DELETE FROM t WHERE " + condition)).filter())
                .isEqualTo(expected);
        assertThat(((Statement.Update) one("UPDATE t SET a = 1 WHERE " + condition)).filter())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
                "WITH d AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM d",
                "INSERT INTO u WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
                "WITH x AS (WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d) SELECT 1",
                "EXPLAIN ANALYZE DELETE FROM t",
                "EXPLAIN (ANALYZE, COSTS off) DELETE FROM t",
                "COPY (DELETE FROM t RETURNING *) TO STDOUT"
            })
    void findsTheChangesInsideOfOtherStatements(String sql) {
        assertThat(one(sql).parts())
                .singleElement()
                .isInstanceOfSatisfying(Statement.Delete.class, delete -> assertThat(delete.table())
                        .isEqualTo(Name.of("t")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY i ON t (a)",
                "create unique index /* now */ concurrently on t (a)",
                "DROP INDEX CONCURRENTLY IF EXISTS i",
                "REINDEX TABLE CONCURRENTLY t",
                "REINDEX (VERBOSE, CONCURRENTLY) INDEX i",
                "REINDEX DATABASE d",
                "REINDEX (VERBOSE) SCHEMA s",
                "VACUUM",
                "VACUUM (FULL, ANALYZE) t",
                "VACUUM (BUFFER_USAGE_LIMIT '1MB') t",
                "CLUSTER",
                "CLUSTER VERBOSE",
                "ALTER SYSTEM SET work_mem = '1MB'",
                "ALTER DATABASE d SET TABLESPACE s",
                "CREATE DATABASE d",
                "DROP DATABASE IF EXISTS d",
                "CREATE TABLESPACE s LOCATION '/x'",
                "DROP TABLESPACE s",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
                "DROP SUBSCRIPTION s",
                "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                "DISCARD ALL",
                "COMMIT PREPARED 'x'"
            })
    void knowsWhatCannotRunInATransaction(String sql) {
        assertThat(one(sql).transactional()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX concurrently_built ON t (a)",
                "DROP INDEX i",
                "REINDEX TABLE t",
                "REINDEX (CONCURRENTLY false) TABLE t",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                "CLUSTER t USING i",
                "ALTER TABLE t DETACH PARTITION p",
                "ALTER TABLE t DETACH PARTITION p FINALIZE",
                "ALTER TYPE mood ADD VALUE 'x'",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = false)",
                "COMMENT ON TABLE t IS 'VACUUM CONCURRENTLY'",
                "DISCARD PLANS",
                "SELECT 1"
            })
    void knowsWhatCanRunInATransaction(String sql) {
        assertThat(one(sql)).isNotInstanceOf(Statement.Unreadable.class);
        assertThat(one(sql).transactional()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELEC 1 | line 2, column 1:",
                "CREATE TABLE t (a int,, b int) | line 2, column 23:",
                "SELECT 'open | no closing quote",
                "\\connect db | psql"
            })
    void reportsWhatItCannotRead(String sql, String reason) {
        // When
        List<Statement> statements = Parser.parse("SELECT 1;\n" + sql);

        // Then
        assertThat(statements).hasSize(2);
        assertThat(statements.getLast())
                .isInstanceOfSatisfying(Statement.Unreadable.class, unreadable -> assertThat(unreadable.reason())
                        .contains(reason));
    }

    @Test
    void goesOnBehindAStatementThatItCannotRead() {
        // When
        List<Statement> statements = Parser.parse("DROP TABLE a; DROP TABEL b; DROP TABLE c;");

        // Then
        assertThat(statements)
                .hasExactlyElementsOfTypes(
                        Statement.DropObject.class, Statement.Unreadable.class, Statement.DropObject.class);
    }

    @Test
    void givesUpOnMonstersInsteadOfHanging() {
        // Given
        String deep = "SELECT " + "(".repeat(3_000) + "1" + ")".repeat(3_000);
        String unbalanced = "SELECT " + "(".repeat(3_000);
        String chain = "SELECT 1" + " + 1".repeat(20_000);
        String longOne = "INSERT INTO t VALUES ('" + "x".repeat(1 << 20) + "')";

        // When
        List<Statement> statements = Parser.parse(String.join(";", deep, unbalanced, chain, longOne, "SELECT 1"));

        // Then
        assertThat(statements).hasSize(5);
        assertThat(statements.get(0)).isInstanceOf(Statement.Unreadable.class);
        assertThat(statements.get(1)).isInstanceOf(Statement.Unreadable.class);
        assertThat(statements.get(3)).isInstanceOf(Statement.Unreadable.class);
        assertThat(statements.getLast()).isInstanceOf(Statement.Query.class);
    }

    @Test
    void hasATestForEachKindOfStatement() {
        // Given
        Set<String> records = Arrays.stream(Statement.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        Set<String> tested = statements()
                .map(arguments -> arguments.get()[1].getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));

        // Then: the three with tests of their own.
        tested.addAll(Set.of("CreateTable", "AlterTable", "Unreadable"));
        assertThat(tested).isEqualTo(records);
    }

    private interface AtSpan<T> {
        T at(Span span);
    }

    private static Arguments of(String sql, AtSpan<Statement> expected) {
        return arguments(sql, expected.at(span("", sql)));
    }

    private static Arguments action(String sql, ObjectKind kind, AtSpan<TableAction> expected) {
        return arguments(sql, kind, expected.at(span("", sql)));
    }

    private static Statement created(Span span, ObjectKind kind, String name) {
        return new Statement.CreateObject(span, kind, Name.of(name), false, false, true);
    }

    private static Statement dropped(Span span, ObjectKind kind, String name, boolean concurrently) {
        return new Statement.DropObject(span, kind, List.of(Name.of(name)), false, false, concurrently);
    }

    private static Statement other(Span span, String kind) {
        return new Statement.Other(span, kind, true, List.of());
    }

    private static Span span(String before, String text) {
        return Lines.of(before + text).span(before.length(), before.length() + text.length());
    }

    private static Statement one(String sql) {
        List<Statement> statements = Parser.parse(sql);
        assertThat(statements).hasSize(1);
        return statements.getFirst();
    }
}
