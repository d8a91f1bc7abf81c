package io.slipway.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.Body;
import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Expression;
import io.slipway.sql.ast.IndexDefinition;
import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.PartitionBound;
import io.slipway.sql.ast.Partitioning;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.RoutineStatement;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.Assignment;
import io.slipway.sql.ast.Statement.Filter;
import io.slipway.sql.ast.Statement.TransactionControl.Verb;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.ast.TypeStatement;
import io.slipway.sql.ast.Uses;
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

public class ParserTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void readsEachKindOfStatement(String sql, Statement expected) {
        assertThat(one(sql))
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFields("reads", "index", "body", "constraints", "defaultValue")
                .isEqualTo(expected);
    }

    public static Stream<Arguments> statements() {
        return Stream.of(
                of("CREATE SCHEMA IF NOT EXISTS App", span -> new Statement.CreateSchema(span, "app", true, List.of())),
                of(
                        "CREATE SCHEMA AUTHORIZATION joe",
                        span -> new Statement.CreateSchema(span, "joe", false, List.of())),
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
                                "USING btree (lower(a)) WHERE b",
                                INDEX)),
                of(
                        "CREATE INDEX ON ONLY \"T\" (a)",
                        span -> new Statement.CreateIndex(
                                span, null, Name.of("T"), false, false, false, true, "(a)", INDEX)),
                of(
                        "CREATE OR REPLACE VIEW v AS SELECT 1",
                        span -> new Statement.CreateView(
                                span, Name.of("v"), false, true, false, false, true, Uses.NOTHING)),
                of(
                        "CREATE MATERIALIZED VIEW v AS SELECT 1",
                        span -> new Statement.CreateView(
                                span, Name.of("v"), true, false, false, false, true, Uses.NOTHING)),
                of(
                        "CREATE TYPE mood AS ENUM ('a')",
                        span -> new TypeStatement.CreateEnum(span, Name.of("mood"), List.of("a"))),
                of(
                        "CREATE DOMAIN d AS int CHECK (value > 0)",
                        span -> new TypeStatement.CreateDomain(
                                span, Name.of("d"), type("int", "int4"), false, null, List.of())),
                of("CREATE SEQUENCE s AS int", span -> created(span, ObjectKind.SEQUENCE, "s")),
                of("CREATE EXTENSION IF NOT EXISTS pg_trgm", span -> created(span, ObjectKind.EXTENSION, "pg_trgm")),
                of(
                        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE 'sql' AS $$ SELECT 1; $$",
                        span -> routine(span, List.of(type("int", "int4")))),
                of(
                        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM t; SELECT 1; END",
                        span -> routine(span, List.of())),
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
                                null,
                                true,
                                true,
                                false)),
                of("DROP INDEX CONCURRENTLY i", span -> dropped(span, ObjectKind.INDEX, "i", true)),
                of("DROP MATERIALIZED VIEW v", span -> dropped(span, ObjectKind.MATERIALIZED_VIEW, "v", false)),
                of("DROP SCHEMA s", span -> dropped(span, ObjectKind.SCHEMA, "s", false)),
                of("DROP DATABASE d WITH (FORCE)", span -> dropped(span, ObjectKind.DATABASE, "d", false)),
                of("DROP FUNCTION f(int)", span -> dropped(span, ObjectKind.ROUTINE, "f", false)),
                of("DROP ROUTINE f(int)", span -> dropped(span, ObjectKind.ROUTINE, "f", false)),
                of("DROP TRIGGER x ON t", span -> droppedFrom(span, ObjectKind.TRIGGER, "x")),
                of("DROP POLICY p ON t", span -> droppedFrom(span, ObjectKind.POLICY, "p")),
                of(
                        "TRUNCATE TABLE ONLY a, b CASCADE",
                        span -> new Statement.Truncate(span, List.of(Name.of("a"), Name.of("b")), true)),
                of(
                        "DELETE FROM t",
                        span -> new Statement.Delete(span, Name.of("t"), Filter.NONE, Uses.NOTHING, List.of())),
                of(
                        "UPDATE t SET a = 1, b = lower(b) WHERE id < 5",
                        span -> new Statement.Update(
                                span,
                                Name.of("t"),
                                Filter.RESTRICTING,
                                List.of(new Assignment("a", "1"), new Assignment("b", "lower(b)")),
                                Uses.NOTHING,
                                List.of())),
                of(
                        "UPDATE t SET a = u.a FROM u",
                        span -> new Statement.Update(
                                span, Name.of("t"), Filter.NONE, List.of(), Uses.NOTHING, List.of())),
                of(
                        "INSERT INTO t (a) VALUES (1), (2) ON CONFLICT DO NOTHING",
                        span -> new Statement.Insert(span, Name.of("t"), false, Uses.NOTHING, List.of())),
                of(
                        "INSERT INTO t SELECT 1",
                        span -> new Statement.Insert(span, Name.of("t"), true, Uses.NOTHING, List.of())),
                of(
                        "COPY t (a) FROM stdin",
                        span -> new Statement.Insert(span, Name.of("t"), false, Uses.NOTHING, List.of())),
                of(
                        "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE",
                        span -> new Statement.Merge(span, Name.of("t"), true, Uses.NOTHING, List.of())),
                of("SELECT 1", span -> new Statement.Query(span, Uses.NOTHING, List.of())),
                of("DO $$ BEGIN END $$", span -> new Statement.AnonymousBlock(span, new Body(List.of(), List.of()))),
                of("START TRANSACTION", span -> new Statement.TransactionControl(span, Verb.BEGIN, null, true)),
                of("END", span -> new Statement.TransactionControl(span, Verb.COMMIT, null, true)),
                of("ABORT", span -> new Statement.TransactionControl(span, Verb.ROLLBACK, null, true)),
                of("SAVEPOINT a", span -> new Statement.TransactionControl(span, Verb.SAVEPOINT, "a", true)),
                of(
                        "ROLLBACK TO SAVEPOINT a",
                        span -> new Statement.TransactionControl(span, Verb.ROLLBACK_TO_SAVEPOINT, "a", true)),
                of("RELEASE a", span -> new Statement.TransactionControl(span, Verb.RELEASE_SAVEPOINT, "a", true)),
                of(
                        "SET LOCAL search_path TO App, \"B\", 'C'",
                        span -> new Statement.SetSearchPath(span, List.of("app", "B", "C"))),
                of("SET search_path TO DEFAULT", span -> new Statement.SetSearchPath(span, List.of())),
                of(
                        "SET LOCAL lock_timeout = '2s'",
                        span -> new AccessStatement.SetParameter(span, "lock_timeout", List.of("2s"), true)),
                of(
                        "RESET statement_timeout",
                        span -> new AccessStatement.SetParameter(span, "statement_timeout", List.of(), false)),
                of(
                        "SET TIME ZONE 'UTC'",
                        span -> new AccessStatement.SetParameter(span, "timezone", List.of("UTC"), false)),
                of(
                        "GRANT SELECT, UPDATE ON t TO joe WITH GRANT OPTION",
                        span -> new AccessStatement.Grant(
                                span,
                                false,
                                List.of("SELECT", "UPDATE"),
                                List.of(Name.of("t")),
                                List.of("joe"),
                                false,
                                true)),
                of("COMMENT ON COLUMN s.t.c IS 'x'", span -> new AccessStatement.Comment(span, new Name("s", "t"))),
                of(
                        "ALTER TYPE mood ADD VALUE 'b' BEFORE 'c'",
                        span -> new TypeStatement.AddEnumValue(span, Name.of("mood"), "b", false, "c")),
                of(
                        "ALTER DOMAIN d VALIDATE CONSTRAINT x",
                        span -> new TypeStatement.AlterDomain(
                                span, Name.of("d"), TypeStatement.AlterDomain.Change.VALIDATE_CONSTRAINT, null, "x")),
                of(
                        "VACUUM (FULL, ANALYZE off) t",
                        span -> new MaintenanceStatement.Vacuum(span, List.of(Name.of("t")), true, false)),
                of(
                        "REINDEX (CONCURRENTLY) TABLE t",
                        span -> new MaintenanceStatement.Reindex(
                                span, MaintenanceStatement.Reindex.Target.TABLE, Name.of("t"), true)),
                of(
                        "LOCK TABLE t IN share  update exclusive MODE NOWAIT",
                        span -> new MaintenanceStatement.LockTable(
                                span, List.of(Name.of("t")), "SHARE UPDATE EXCLUSIVE", true)),
                of(
                        "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                        span -> new MaintenanceStatement.Refresh(span, Name.of("v"), true, true)),
                of(
                        "ALTER SEQUENCE q OWNED BY s.t.c",
                        span -> new MaintenanceStatement.AlterSequence(span, Name.of("q"), Name.of("t"))),
                of("CALL p()", span -> new RoutineStatement.Call(span, Name.of("p"))),
                of(
                        "CREATE OR REPLACE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
                        span -> new TableObjectStatement.CreateTrigger(
                                span, "x", Name.of("t"), Name.of("f"), true, false, List.of("INSERT"))),
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
                  b int NOT NULL DEFAULT (NULL::int) REFERENCES u (id) ON DELETE CASCADE,
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
                                        type("bigint", "int8"),
                                        null,
                                        true,
                                        Filling.IDENTITY,
                                        null,
                                        List.of(constraint(null, Constraint.Kind.PRIMARY_KEY, "id", null, null))),
                                new Column("n", type("serial", "serial"), null, false, Filling.SERIAL, null, List.of()),
                                new Column(
                                        "a",
                                        new DataType("numeric(10, 2)", Name.of("numeric"), List.of(10, 2), 0),
                                        null,
                                        true,
                                        Filling.DEFAULT,
                                        new Expression("0", Uses.NOTHING),
                                        List.of()),
                                new Column(
                                        "b",
                                        type("int", "int4"),
                                        null,
                                        true,
                                        Filling.NOTHING,
                                        new Expression("(NULL::int)", uses(List.of(), "int4")),
                                        List.of(constraint(
                                                null,
                                                Constraint.Kind.FOREIGN_KEY,
                                                "b",
                                                null,
                                                new Constraint.ForeignKey(
                                                        Name.of("u"),
                                                        List.of("id"),
                                                        Constraint.Action.CASCADE,
                                                        Constraint.Action.NO_ACTION)))),
                                new Column(
                                        "c",
                                        type("int", "int4"),
                                        null,
                                        false,
                                        Filling.GENERATED_STORED,
                                        new Expression("a + 1", uses(List.of("a"), null)),
                                        List.of())),
                        List.of(constraint(
                                "positive",
                                Constraint.Kind.CHECK,
                                "a",
                                new Expression("a > 0", uses(List.of("a"), null)),
                                null)),
                        null,
                        null,
                        new Partitioning(Partitioning.Strategy.RANGE, List.of("id")),
                        List.of(),
                        List.of(),
                        false,
                        Uses.NOTHING,
                        true,
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
                                at.get(0),
                                new Column("a", type("text", "text"), null, true, Filling.NOTHING, null, List.of()),
                                true),
                        new TableAction.DropColumn(at.get(1), "b", false, true),
                        new TableAction.SetNotNull(at.get(2), "c"),
                        new TableAction.DropNotNull(at.get(3), "d"),
                        new TableAction.SetDefault(at.get(4), "e", new Expression("1", Uses.NOTHING)),
                        new TableAction.DropDefault(at.get(5), "f"),
                        new TableAction.ChangeType(
                                at.get(6),
                                "g",
                                type("bigint", "int8"),
                                null,
                                new Expression("g::bigint", uses(List.of("g"), "int8"))),
                        new TableAction.AddConstraint(
                                at.get(7),
                                new Constraint(
                                        "h",
                                        Constraint.Kind.FOREIGN_KEY,
                                        List.of("x"),
                                        null,
                                        false,
                                        true,
                                        false,
                                        false,
                                        new Constraint.ForeignKey(
                                                Name.of("u"),
                                                List.of(),
                                                Constraint.Action.NO_ACTION,
                                                Constraint.Action.NO_ACTION),
                                        null)),
                        new TableAction.AddConstraint(
                                at.get(8),
                                new Constraint(
                                        "i",
                                        Constraint.Kind.PRIMARY_KEY,
                                        List.of(),
                                        null,
                                        true,
                                        true,
                                        false,
                                        false,
                                        null,
                                        "j")),
                        new TableAction.DropConstraint(at.get(9), "k", false, false),
                        new TableAction.ValidateConstraint(at.get(10), "l"),
                        new TableAction.TableSetting(at.get(11), TableAction.TableSetting.Kind.OWNER, "joe"),
                        new TableAction.ColumnSetting(at.get(12), "m", TableAction.ColumnSetting.Kind.STATISTICS));
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

    public static Stream<Arguments> singleActions() {
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
                                span("ALTER TABLE t ", "ATTACH PARTITION s.p DEFAULT"),
                                new Name("s", "p"),
                                new PartitionBound(PartitionBound.Kind.DEFAULT, List.of(), List.of()))),
                arguments(
                        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                        ObjectKind.TABLE,
                        new TableAction.DetachPartition(
                                span("ALTER TABLE t ", "DETACH PARTITION p CONCURRENTLY"), Name.of("p"), true, false)));
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

    @Test
    void readsTheStaticStatementsOfBodiesAndCountsTheOthers() {
        // Given
        String script = """
                SELECT 1;
                DO $do$
                DECLARE r record;
                BEGIN
                  IF NOT EXISTS (SELECT FROM pg_class) THEN
                    ALTER TABLE app.t ADD COLUMN c int;
                  END IF;
                  FOR r IN SELECT * FROM u LOOP
                    EXECUTE 'DROP TABLE v';
                    EXECUTE format('DROP TABLE %I', r.name);
                  END LOOP;
                  PERFORM f();
                END
                $do$;""";

        // When
        var block = (Statement.AnonymousBlock) Parser.parse(script).getLast();

        // Then
        assertThat(block.parts())
                .hasExactlyElementsOfTypes(
                        Statement.AlterTable.class,
                        Statement.Query.class,
                        Statement.DropObject.class,
                        Statement.Query.class);
        var add = block.parts().getFirst().span().start();
        assertThat(add).isEqualTo(new Position(script.indexOf("ALTER"), 6, 5));
        var drop = block.parts().get(2).span();
        assertThat(drop.start()).isEqualTo(new Position(script.indexOf("DROP"), 9, 14));
        assertThat(drop.length()).isEqualTo("DROP TABLE v".length());
        assertThat(block.body().notAnalysed()).singleElement().asString().startsWith("line 10, column 5: EXECUTE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ SELECT 1; DELETE FROM t $$",
                "CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT 1; DELETE FROM t; END",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM 1; DELETE FROM t; END'"
            })
    void readsTheBodiesOfFunctions(String sql) {
        // When
        var routine = (RoutineStatement.CreateRoutine) one(sql);

        // Then
        assertThat(routine.parts()).isEmpty();
        assertThat(routine.body().statements())
                .hasExactlyElementsOfTypes(Statement.Query.class, Statement.Delete.class);
        var delete = routine.body().statements().getLast().span();
        assertThat(sql.substring(delete.start().offset(), delete.end())).isEqualTo("DELETE FROM t");
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
                .filter(type -> !type.isSealed())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        Set<String> tested = statements()
                .map(arguments -> arguments.get()[1].getClass())
                .map(type -> type.getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));

        // Then: the three with tests of their own.
        tested.addAll(Set.of("CreateTable", "AlterTable", "Unreadable"));
        assertThat(tested).containsAll(records);
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
        return new Statement.DropObject(span, kind, List.of(Name.of(name)), null, false, false, concurrently);
    }

    private static Statement droppedFrom(Span span, ObjectKind kind, String name) {
        return new Statement.DropObject(span, kind, List.of(Name.of(name)), Name.of("t"), false, false, false);
    }

    private static final IndexDefinition INDEX = new IndexDefinition("btree", List.of(), List.of(), null, false);

    private static DataType type(String text, String name) {
        return new DataType(text, Name.of(name), List.of(), 0);
    }

    private static Uses uses(List<String> columns, String type) {
        List<Name> types = type == null ? List.of() : List.of(Name.of(type));
        return new Uses(List.of(), columns, false, List.of(), types, List.of(), List.of(), false);
    }

    private static Constraint constraint(
            String name, Constraint.Kind kind, String column, Expression condition, Constraint.ForeignKey key) {
        return new Constraint(name, kind, List.of(column), condition, true, true, false, false, key, null);
    }

    private static Statement routine(Span span, List<DataType> parameters) {
        return new RoutineStatement.CreateRoutine(
                span,
                Name.of("f"),
                false,
                false,
                parameters,
                type("int", "int4"),
                "sql",
                RoutineStatement.Volatility.VOLATILE,
                false,
                false,
                new Body(List.of(), List.of()));
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
