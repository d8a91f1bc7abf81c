package io.slipway.sql.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.sql.analyze.Analysis;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.analyze.Script.Kind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.parse.Parser;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of each rule: what it reports, what it leaves alone, and the exceptions. */
class RuleTest {

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bad")
    void reports(String ruleId, String sql) {
        // When
        List<Finding> findings = findings(sql);

        // Then
        Rule rule = Rules.find(ruleId).orElseThrow();
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.ruleId()).isEqualTo(ruleId);
            assertThat(finding.severity()).isEqualTo(rule.severity());
            assertThat(finding.message()).endsWith(".");
            assertThat(finding.whatHappens()).endsWith(".");
        });
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments("drop-table", "DROP TABLE orders"),
                arguments("drop-table", "DROP TABLE IF EXISTS shop.orders, shop.items CASCADE"),
                arguments("drop-table", "CREATE TABLE IF NOT EXISTS orders (id int); DROP TABLE orders"),
                arguments("drop-table", "CREATE TABLE shop.orders (id int); DROP TABLE orders"),
                arguments("drop-table", "CREATE TABLE t (id int); DROP TABLE t; DROP TABLE t"),
                arguments("drop-table", "BEGIN; CREATE TABLE t (id int); ROLLBACK; DROP TABLE t"),
                arguments("drop-schema", "DROP SCHEMA shop CASCADE"),
                arguments("drop-schema", "CREATE SCHEMA IF NOT EXISTS shop; DROP SCHEMA shop"),
                arguments("drop-database", "DROP DATABASE shop"),
                arguments("drop-column", "ALTER TABLE orders DROP COLUMN note"),
                arguments("drop-column", "ALTER TABLE orders ADD a int, DROP IF EXISTS note CASCADE"),
                arguments("drop-column", "ALTER TABLE orders ADD IF NOT EXISTS a int; ALTER TABLE orders DROP a"),
                arguments("truncate", "TRUNCATE orders, items"),
                arguments("truncate", "CREATE TABLE n (id int); TRUNCATE n, orders CASCADE"),
                arguments("delete-without-where", "DELETE FROM orders"),
                arguments("delete-without-where", "DELETE FROM orders WHERE 1 = 1"),
                arguments("delete-without-where", "WITH d AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM d"),
                arguments("update-without-where", "UPDATE orders SET state = 'new'"),
                arguments("update-without-where", "UPDATE orders o SET state = i.state FROM items i WHERE true"),
                arguments("create-index-not-concurrent", "CREATE INDEX ON orders (state)"),
                arguments("create-index-not-concurrent", "CREATE UNIQUE INDEX IF NOT EXISTS i ON shop.orders (state)"),
                arguments(
                        "create-index-not-concurrent",
                        "CREATE TABLE p (id int) PARTITION BY RANGE (id);"
                                + " ALTER TABLE p ATTACH PARTITION orders DEFAULT; CREATE INDEX ON p (id)"),
                arguments("add-required-column", "ALTER TABLE orders ADD COLUMN state text NOT NULL"),
                arguments("add-required-column", "ALTER TABLE orders ADD state text NOT NULL DEFAULT NULL"),
                arguments("add-required-column", "ALTER TABLE orders ADD key uuid PRIMARY KEY"),
                arguments("rename-column", "ALTER TABLE orders RENAME COLUMN state TO status"),
                arguments("rename-column", "ALTER VIEW open_orders RENAME state TO status"),
                arguments("rename-table", "ALTER TABLE shop.orders RENAME TO purchases"),
                arguments("rename-table", "ALTER VIEW open_orders RENAME TO open_purchases"),
                arguments(
                        "rename-table", "ALTER TABLE orders RENAME TO purchases; CREATE VIEW shop.orders AS SELECT 1"),
                arguments("unanalyzable-statement", "DO $$ BEGIN EXECUTE 'DROP TABLE ' || name; END $$"),
                arguments("drop-table", "DO $$ BEGIN DROP TABLE orders; END $$"),
                arguments("unanalyzable-statement", "DROP TABEL orders"),
                arguments("unanalyzable-statement", "\\i other.sql"),
                arguments("unanalyzable-statement", "SELECT 'open"),
                arguments("suppression-invalid", "-- slipway:ignore drop-table\nSELECT 1"),
                arguments("suppression-invalid", "-- slipway:ignore drop-table:\nSELECT 1"),
                arguments("suppression-invalid", "-- slipway:ignore : why\nSELECT 1"),
                arguments("suppression-invalid", "-- slipway:ignore no-such-rule: why\nSELECT 1"),
                arguments("suppression-invalid", "-- slipway:ignore drop-table, no-such-rule: why\nSELECT 1"),
                arguments("suppression-invalid", "-- slipway:ignore suppression-invalid: why\nSELECT 1"),
                arguments("suppression-invalid", "-- slipway:ignore drop-table: why\n\nSELECT 1"),
                arguments("suppression-invalid", "SELECT 1; -- slipway:ignore drop-table: why\nSELECT 2"),
                arguments("suppression-invalid", "SELECT 1;\n-- slipway:ignore drop-table: why"),
                arguments("suppression-invalid", "SELECT 1;\n-- slipway:ignore-file drop-table: why\nSELECT 2"),
                arguments("suppression-invalid", "-- slipway:ignored drop-table: why\nSELECT 1"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("good")
    void leavesAlone(String ruleId, String sql) {
        assertThat(findings(sql)).as(ruleId).isEmpty();
    }

    static Stream<Arguments> good() {
        return Stream.of(
                arguments("drop-table", "DROP VIEW open_orders; DROP INDEX CONCURRENTLY i; DROP FOREIGN TABLE f"),
                arguments("drop-table", "CREATE TABLE t (id int); DROP TABLE public.t"),
                arguments("drop-table", "CREATE TEMP TABLE orders (id int); DROP TABLE orders"),
                arguments("drop-table", "CREATE TABLE a AS SELECT 1; ALTER TABLE a RENAME TO b; DROP TABLE b"),
                arguments("drop-table", "CREATE TABLE a (id int); ALTER TABLE a SET SCHEMA s; DROP TABLE s.a"),
                arguments("drop-table", "SET search_path = shop; CREATE TABLE t (id int); DROP TABLE shop.t"),
                arguments("drop-schema", "CREATE SCHEMA shop; CREATE TABLE shop.t (id int); DROP SCHEMA shop CASCADE"),
                arguments("drop-schema", "CREATE SCHEMA a; ALTER SCHEMA a RENAME TO b; DROP SCHEMA b"),
                arguments("drop-database", "CREATE DATABASE scratch; DROP DATABASE scratch"),
                arguments("drop-column", "ALTER TABLE orders ALTER COLUMN note DROP NOT NULL"),
                arguments("drop-column", "CREATE TABLE t (a int, b int); ALTER TABLE t DROP b"),
                arguments(
                        "drop-column",
                        "ALTER TABLE orders ADD a int; ALTER TABLE orders RENAME a TO b;"
                                + " ALTER TABLE public.orders DROP b"),
                arguments("truncate", "CREATE TABLE t (id int); TRUNCATE t"),
                arguments("truncate", "CREATE TEMP TABLE t (id int); TRUNCATE t, pg_temp.u"),
                arguments("delete-without-where", "DELETE FROM orders WHERE state = 'gone'"),
                arguments("delete-without-where", "CREATE TABLE t (id int); DELETE FROM t"),
                arguments("delete-without-where", "EXPLAIN DELETE FROM orders"),
                arguments(
                        "delete-without-where",
                        "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM orders $$"),
                arguments("update-without-where", "UPDATE orders SET state = 'new' WHERE state IS NULL"),
                arguments("update-without-where", "CREATE TABLE IF NOT EXISTS t (id int); UPDATE t SET id = 1"),
                arguments("create-index-not-concurrent", "CREATE INDEX CONCURRENTLY i ON orders (state)"),
                arguments("create-index-not-concurrent", "CREATE INDEX ON ONLY orders (state)"),
                arguments(
                        "create-index-not-concurrent", "CREATE TABLE IF NOT EXISTS t (id int); CREATE INDEX ON t (id)"),
                arguments(
                        "create-index-not-concurrent",
                        "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;" + " CREATE UNIQUE INDEX ON v (a)"),
                arguments(
                        "create-index-not-concurrent",
                        "CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 1 AS a;"
                                + " SET search_path TO s; CREATE INDEX ON t (a)"),
                arguments("create-index-not-concurrent", "SELECT 1 AS a INTO t; CREATE INDEX ON t (a)"),
                arguments(
                        "create-index-not-concurrent",
                        "CREATE TABLE n (id int); ALTER TABLE n RENAME TO o;" + " CREATE INDEX ON o (id)"),
                arguments("add-required-column", "ALTER TABLE orders ADD state text"),
                arguments("add-required-column", "ALTER TABLE orders ADD state text NOT NULL DEFAULT 'new'"),
                arguments("add-required-column", "ALTER TABLE orders ADD n bigserial NOT NULL"),
                arguments("add-required-column", "ALTER TABLE orders ADD n int GENERATED ALWAYS AS IDENTITY NOT NULL"),
                arguments(
                        "add-required-column", "ALTER TABLE orders ADD n int NOT NULL GENERATED ALWAYS AS (1) STORED"),
                arguments("add-required-column", "CREATE TABLE t (id int); ALTER TABLE t ADD state text NOT NULL"),
                arguments("rename-column", "ALTER TABLE orders RENAME CONSTRAINT a TO b; ALTER INDEX i RENAME TO j"),
                arguments("rename-column", "ALTER TABLE orders ADD a int; ALTER TABLE orders RENAME a TO b"),
                arguments("rename-table", "CREATE TABLE t (id int); ALTER TABLE t RENAME TO u"),
                arguments(
                        "rename-table",
                        "ALTER TABLE orders RENAME TO purchases; CREATE VIEW public.orders AS SELECT * FROM purchases"),
                arguments(
                        "rename-table",
                        "CREATE TABLE n (id int); ALTER TABLE orders RENAME TO o; ALTER TABLE n RENAME TO orders"),
                arguments("unanalyzable-statement", "ALTER SYSTEM SET work_mem = '1MB'; ALTER ROUTINE f() RENAME TO g"),
                arguments("suppression-invalid", "-- slipway:ignore drop-table: emptied last release\nDROP TABLE a"),
                arguments(
                        "suppression-invalid",
                        "/* slipway:ignore truncate, drop-table: scratch\n tables */\n-- see above\nTRUNCATE a"),
                arguments(
                        "suppression-invalid",
                        "-- slipway:ignore-file drop-table: emptied last release: all of them\n\nDROP TABLE a; DROP TABLE b"));
    }

    @Test
    void hasExamplesOfBothKindsForEachRuleAboutStatements() {
        // Given: the rules about undo scripts have theirs in PlanAnalyzerTest.
        Set<String> ids = Rules.all().stream()
                .map(Rule::id)
                .filter(id -> !id.startsWith("undo-"))
                .collect(Collectors.toSet());

        // Then
        assertThat(bad().map(example -> example.get()[0]).collect(Collectors.toSet()))
                .isEqualTo(ids);
        assertThat(good().map(example -> example.get()[0]).collect(Collectors.toSet()))
                .isEqualTo(ids);
        assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates();
    }

    @Test
    void offersSqlForTheVeryStatement() {
        assertThat(saferSql("CREATE UNIQUE INDEX \"Or\" ON shop.orders USING btree (a DESC) INCLUDE (b) WHERE c > 0"))
                .endsWith("\nCREATE UNIQUE INDEX CONCURRENTLY \"Or\" ON shop.orders"
                        + " USING btree (a DESC) INCLUDE (b) WHERE c > 0;");
        assertThat(saferSql("ALTER TABLE \"Orders\" ADD total numeric(10,2) NOT NULL CHECK (total > 0)"))
                .contains("ALTER TABLE \"Orders\" ADD COLUMN total numeric(10,2);")
                .contains("ADD CONSTRAINT \"Orders_total_not_null\" CHECK (total IS NOT NULL) NOT VALID;");
        assertThat(saferSql("UPDATE orders SET a = lower(b), c = 1"))
                .contains("UPDATE orders SET a = lower(b), c = 1")
                .contains("WHERE a IS DISTINCT FROM (lower(b)) OR c IS DISTINCT FROM (1) LIMIT 10000");
        assertThat(saferSql("DROP TABLE shop.orders")).contains("ALTER TABLE shop.orders RENAME TO orders_del;");
        assertThat(saferSql("ALTER TABLE shop.orders RENAME COLUMN \"order\" TO position"))
                .contains("CREATE VIEW shop.orders_with_position AS SELECT *, \"order\" AS position FROM shop.orders;");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("bad")
    void offersOnlySqlThatCanBeReadAndIsNoWorse(String ruleId, String sql) {
        // When
        Finding finding = findings(sql).getFirst();

        // Then
        String safer = finding.saferSql();
        if (safer != null) {
            assertThat(Parser.parse(safer)).isNotEmpty().noneMatch(Statement.Unreadable.class::isInstance);
            assertThat(findings(safer)).noneMatch(again -> again.severity() == Severity.ERROR);
        }
    }

    @Test
    void saysWhichLockBlocksWhom() {
        assertThat(findings("DROP TABLE shop.orders").getFirst().lock())
                .startsWith("ACCESS EXCLUSIVE on shop.orders until the transaction ends: blocks all reads and writes.");
        assertThat(findings("CREATE INDEX ON orders (a)").getFirst().lock())
                .isEqualTo(
                        "SHARE on orders until the transaction ends: blocks INSERT, UPDATE and DELETE; reads go on.");
    }

    @Test
    void onlyWarnsOfATableThatWasAnnouncedForDeletion() {
        assertThat(findings("ALTER TABLE orders RENAME TO orders_del; DROP TABLE items_del"))
                .extracting(Finding::ruleId, Finding::severity)
                .containsExactly(tuple("rename-table", Severity.WARNING), tuple("drop-table", Severity.WARNING));
    }

    @Test
    void pointsAtTheActionInsideOfAStatement() {
        // When
        Finding finding = findings("SELECT 1;\nALTER TABLE orders\n  ADD a int,\n  DROP b")
                .getFirst();

        // Then
        assertThat(finding.line()).isEqualTo(4);
        assertThat(finding.column()).isEqualTo(3);
    }

    private static String saferSql(String sql) {
        return Objects.requireNonNull(findings(sql).getFirst().saferSql());
    }

    private static List<Finding> findings(String sql) {
        Analysis analysis = new PlanAnalyzer().analyze(List.of(new Script("R__a.sql", Kind.REPEATABLE, null, sql)));
        return analysis.findings();
    }
}
