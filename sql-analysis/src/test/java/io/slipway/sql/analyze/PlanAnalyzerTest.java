package io.slipway.sql.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.sql.analyze.Script.Kind;
import io.slipway.sql.effect.Reversibility;
import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanAnalyzerTest {
    private final PlanAnalyzer analyzer = new PlanAnalyzer();

    @Test
    void staysQuietOnASoundPlan() {
        // When
        Analysis analysis = analyzer.analyze(SoundPlan.SCRIPTS);

        // Then
        assertThat(analysis.findings()).isEmpty();
        assertThat(analysis.suppressed()).isEmpty();
        assertThat(analysis.unreadable()).isZero();
        assertThat(analysis.statements()).isEqualTo(28);
        assertThat(analysis.reversibility()).isEqualTo(Reversibility.YELLOW);
    }

    @Test
    void onlyWarnsOfWhatItsUndoScriptsTakeBack() {
        // Given
        List<Script> undo = SoundPlan.SCRIPTS.stream()
                .filter(script -> script.kind() == Kind.UNDO)
                .toList()
                .reversed();

        // When
        Analysis analysis = analyzer.analyzeUndo(undo);

        // Then
        assertThat(analysis.hasErrors()).isFalse();
        assertThat(analysis.findings()).extracting(Finding::ruleId).contains("drop-table", "drop-column");
        assertThat(analysis.reversibility()).isEqualTo(Reversibility.RED);
    }

    @Test
    void judgesTheElementsOfANewSchemaAsWhatTheyAre() {
        // When
        Analysis analysis = analyzer.analyze(List.of(versioned("1", """
                CREATE SCHEMA depot
                  CREATE TABLE racks (id bigint PRIMARY KEY, shop bigint REFERENCES shops)
                  CREATE INDEX racks_shop ON racks (shop)
                  GRANT SELECT ON racks TO public;
                ALTER TABLE depot.racks RENAME shop TO shop_id;
                """)));

        // Then
        assertThat(analysis.unreadable()).isZero();
        assertThat(analysis.findings())
                .extracting(Finding::ruleId, Finding::line, Finding::column)
                .containsExactlyInAnyOrder(tuple("undo-missing", 0, 0), tuple("grant-widening", 4, 3));
    }

    @Test
    void reportsThatAForeignKeyIsEnforcedOnTheSpot() {
        // When
        Analysis analysis = analyzer.analyze(List.of(versioned(
                "1", "SET LOCAL lock_timeout = '2s'; ALTER TABLE orders ALTER CONSTRAINT customer ENFORCED")));

        // Then
        assertThat(analysis.findings()).anySatisfy(finding -> {
            assertThat(finding.ruleId()).isEqualTo("add-constraint-fk-validated");
            assertThat(finding.column()).isEqualTo(51);
            assertThat(finding.lock()).startsWith("ACCESS EXCLUSIVE on orders");
        });
    }

    @Test
    void knowsWhatEarlierScriptsOfThePlanCreated() {
        // When
        Analysis analysis = analyzer.analyze(List.of(
                versioned("1", "CREATE TABLE shop.orders (id int); CREATE TEMP TABLE scratch (id int)"),
                versioned("2", "SET search_path = shop; ALTER TABLE orders RENAME id TO a"),
                versioned("3", "ALTER TABLE orders RENAME id TO a; TRUNCATE scratch; DROP TABLE shop.orders")));

        // Then: the search path and the temporary table ended with their scripts.
        assertThat(withoutUndo(analysis))
                .extracting(Finding::script, Finding::ruleId)
                .containsExactly(
                        tuple("V3.sql", "rename-column"),
                        tuple("V3.sql", "wide-lock-window"),
                        tuple("V3.sql", "truncate"));
    }

    @Test
    void takesNamesWithoutSchemaToBeInTheDefaultSchema() {
        // Given
        List<Script> scripts = List.of(versioned("1", "CREATE TABLE orders (id int); DROP TABLE app.orders"));

        // When, Then
        assertThat(withoutUndo(new PlanAnalyzer("app").analyze(scripts))).isEmpty();
        assertThat(withoutUndo(new PlanAnalyzer("shop").analyze(scripts))).hasSize(1);
    }

    @Test
    void ordersFindingsByScriptAndPosition() {
        // When
        Analysis analysis = analyzer.analyze(List.of(
                versioned("2", "TRUNCATE b;\n  DROP TABLE a; UPDATE c SET d = 1"), versioned("1", "DROP TABLE a")));

        // Then
        assertThat(analysis.findings())
                .extracting(Finding::script, Finding::line, Finding::column, Finding::ruleId)
                .containsExactly(
                        tuple("V2.sql", 0, 0, "undo-missing"),
                        tuple("V2.sql", 1, 1, "truncate"),
                        tuple("V2.sql", 2, 3, "drop-table"),
                        tuple("V2.sql", 2, 17, "update-without-where"),
                        tuple("V1.sql", 0, 0, "undo-missing"),
                        tuple("V1.sql", 1, 1, "drop-table"));
    }

    @Test
    void countsWhatItCouldNotRead() {
        // When
        Analysis analysis = analyzer.analyze(
                List.of(versioned("1", "SELECT 1; DROP TABEL x; DO $$ BEGIN EXECUTE x; END $$; SELECT 2")));

        // Then
        assertThat(analysis.statements()).isEqualTo(4);
        assertThat(analysis.unreadable()).isEqualTo(2);
        assertThat(withoutUndo(analysis))
                .extracting(Finding::ruleId)
                .containsOnly("unanalyzable-statement")
                .hasSize(2);
        assertThat(analysis.reversibility()).isEqualTo(Reversibility.RED);
        assertThat(analysis.reversibilityReason()).isEqualTo("V1.sql, line 1, column 11");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1.0,1", "001.2,1_2", "1.2.0.0,1.2"})
    void findsTheUndoScriptOfAVersion(String version, String undoVersion) {
        assertThat(analyzer.analyze(List.of(versioned(version, "SELECT 1"), undo(undoVersion, "SELECT 1")))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,2", "1.1,1", "10,1"})
    void warnsOfAVersionWithoutUndoScript(String version, String undoVersion) {
        assertThat(analyzer.analyze(List.of(versioned(version, "SELECT 1"), undo(undoVersion, "SELECT 1")))
                        .findings())
                .extracting(Finding::ruleId, Finding::severity)
                .contains(tuple("undo-missing", Severity.WARNING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"-- to be written", "SAVEPOINT a; RELEASE a;", ";"})
    void refusesAnUndoScriptThatUndoesNothing(String sql) {
        // Given
        List<Script> scripts = List.of(versioned("1", "SELECT 1"), undo("1", sql));

        // When, Then
        assertThat(analyzer.analyze(scripts).findings())
                .extracting(Finding::script, Finding::ruleId, Finding::severity)
                .containsExactly(tuple("U1.sql", "undo-empty", Severity.ERROR));
        assertThat(analyzer.analyzeUndo(scripts.subList(1, 2)).findings())
                .extracting(Finding::ruleId)
                .containsExactly("undo-empty");
    }

    @Test
    void anUndoScriptThatPostgresqlWillRefuseWarnsTheMigrationAndStopsTheRollback() {
        // Given
        List<Script> scripts = List.of(
                versioned("1", "CREATE TABLE a (id int); CREATE INDEX a_id ON a (id)"),
                undo("1", "DROP TABLE a; DROP TABLE a"));

        // When, Then
        assertThat(analyzer.analyze(scripts).findings())
                .extracting(Finding::script, Finding::ruleId, Finding::severity)
                .containsExactly(tuple("U1.sql", "undo-order", Severity.WARNING));
        assertThat(analyzer.analyzeUndo(scripts.subList(1, 2)).findings())
                .extracting(Finding::ruleId, Finding::severity)
                .contains(tuple("undo-order", Severity.ERROR));
    }

    @Test
    void doesNotRunTheUndoScriptsOfAMigration() {
        // When
        Analysis analysis = analyzer.analyze(List.of(
                versioned("1", "CREATE TABLE orders (id int)"),
                undo("1", "DROP TABLE orders; SELEC 1"),
                versioned("2", "CREATE INDEX ON orders (id)"),
                undo("2", "DROP INDEX i")));

        // Then
        assertThat(analysis.findings())
                .extracting(Finding::script, Finding::ruleId)
                .containsExactly(tuple("U1.sql", "unanalyzable-statement"));
        assertThat(analysis.statements()).isEqualTo(2);
        assertThat(analysis.unreadable()).isZero();
        assertThat(analysis.reversibility()).isEqualTo(Reversibility.GREEN);
    }

    @Test
    void judgesARollbackMoreMildly() {
        // When
        Analysis analysis = analyzer.analyzeUndo(List.of(
                undo("3", "ALTER TABLE a DROP b; ALTER TABLE a RENAME c TO d"),
                undo("2", "DROP TABLE a; DELETE FROM f; TRUNCATE e"),
                undo("1", "ALTER TYPE g RENAME VALUE 'a' TO 'b'; DROP SCHEMA i")));

        // Then
        assertThat(analysis.findings())
                .extracting(Finding::ruleId, Finding::severity)
                .containsExactly(
                        tuple("drop-column", Severity.WARNING),
                        tuple("rename-column", Severity.WARNING),
                        tuple("drop-table", Severity.WARNING),
                        tuple("delete-without-where", Severity.WARNING),
                        tuple("truncate", Severity.WARNING),
                        tuple("rename-enum-value", Severity.WARNING),
                        tuple("drop-schema", Severity.WARNING));
    }

    @Test
    void judgesARollbackByWhatMadeTheSchema() {
        // Given
        List<Script> before = List.of(versioned("1", "CREATE TABLE a (code varchar(10), label text)"));

        // When
        Analysis analysis = analyzer.analyzeUndo(
                before,
                List.of(undo("2", "ALTER TABLE a ALTER code TYPE varchar(20);\nALTER TABLE a ALTER label TYPE int")));

        // Then: only the second statement writes the table anew.
        assertThat(analysis.findings())
                .filteredOn(finding -> finding.ruleId().equals("change-column-type-rewrite"))
                .extracting(Finding::line)
                .containsExactly(2);
        assertThat(analysis.statements()).isEqualTo(2);
    }

    @Test
    void keepsWhatASuppressionSilencedOnRecord() {
        // When
        Analysis analysis = analyzer.analyze(List.of(versioned("1", """
                -- slipway:ignore-file undo-missing: cannot be undone, agreed with the owners
                -- slipway:ignore drop-table: emptied in release 7
                DROP TABLE a;
                DROP TABLE b;
                """)));

        // Then
        assertThat(analysis.findings())
                .extracting(Finding::ruleId, Finding::line)
                .containsExactly(tuple("drop-table", 4));
        assertThat(analysis.suppressed())
                .extracting(suppressed -> suppressed.finding().ruleId(), Analysis.Suppressed::reason)
                .containsExactly(
                        tuple("drop-table", "emptied in release 7"),
                        tuple("undo-missing", "cannot be undone, agreed with the owners"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("grades")
    void gradesTheWayBack(String sql, Reversibility expected) {
        assertThat(analyzer.analyze(List.of(versioned("1", sql))).reversibility())
                .isEqualTo(expected);
    }

    static Stream<Arguments> grades() {
        return Stream.of(
                arguments("", Reversibility.GREEN),
                arguments(
                        "CREATE TABLE t (id int); CREATE INDEX ON t (id); CREATE TYPE x AS ENUM ()",
                        Reversibility.GREEN),
                arguments("ALTER TABLE t ADD a int, ADD CHECK (a > 0), ALTER b SET NOT NULL", Reversibility.GREEN),
                arguments("ALTER TABLE t RENAME a TO b", Reversibility.GREEN),
                arguments(
                        "CREATE TABLE t (id int); INSERT INTO t VALUES (1); DELETE FROM t; DROP TABLE t",
                        Reversibility.GREEN),
                arguments("GRANT SELECT ON t TO joe; COMMENT ON TABLE t IS 'x'", Reversibility.GREEN),
                arguments("DROP INDEX i", Reversibility.YELLOW),
                arguments("DROP VIEW v; DROP SEQUENCE s; DROP FUNCTION f(); DROP TRIGGER x ON t", Reversibility.YELLOW),
                arguments("ALTER TABLE t DROP CONSTRAINT c", Reversibility.YELLOW),
                arguments("ALTER TABLE t ALTER a DROP DEFAULT", Reversibility.YELLOW),
                arguments("ALTER TABLE t ALTER a TYPE text", Reversibility.YELLOW),
                arguments("ALTER TYPE mood ADD VALUE 'x'", Reversibility.YELLOW),
                arguments("UPDATE t SET a = 1 WHERE b", Reversibility.YELLOW),
                arguments("INSERT INTO t VALUES (1)", Reversibility.YELLOW),
                arguments("DROP TABLE t", Reversibility.RED),
                arguments("DROP MATERIALIZED VIEW v", Reversibility.RED),
                arguments("DROP SCHEMA s", Reversibility.RED),
                arguments("DROP TYPE x CASCADE", Reversibility.RED),
                arguments("ALTER TABLE t DROP a", Reversibility.RED),
                arguments("ALTER TABLE t ALTER a TYPE smallint", Reversibility.RED),
                arguments("ALTER TABLE t ALTER a TYPE varchar(5)", Reversibility.RED),
                arguments("TRUNCATE t", Reversibility.RED),
                arguments("DELETE FROM t WHERE a", Reversibility.RED),
                arguments("WITH d AS (DELETE FROM t WHERE a RETURNING *) SELECT 1", Reversibility.RED),
                arguments("DO $$ BEGIN EXECUTE x; END $$", Reversibility.RED),
                arguments("DO $$ BEGIN ALTER TABLE t ADD c int; END $$", Reversibility.GREEN));
    }

    @Test
    void copesWithManyStatements() {
        // Given
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            sql.append("ALTER TABLE t")
                    .append(i % 50)
                    .append(" ADD COLUMN c")
                    .append(i)
                    .append(" int;\n");
        }
        List<Script> scripts = List.of(versioned("1", sql.toString()), undo("1", "SELECT 1"));

        // When
        long start = System.nanoTime();
        Analysis analysis = analyzer.analyze(scripts);

        // Then: about a second; the bound only catches what is no longer linear.
        assertThat(analysis.statements()).isEqualTo(20_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void findsItsWayThroughMutilatedScripts() {
        // Given
        Random random = new Random(11);
        String[] pieces = {"'", "\"", "$$", "(", ")", ";", "/*", "\n", "\\", " BEGIN ATOMIC ", "\0", "é"};
        for (int round = 0; round < 300; round++) {
            Script sound = SoundPlan.SCRIPTS.get(random.nextInt(SoundPlan.SCRIPTS.size()));
            StringBuilder sql = new StringBuilder(sound.sql());
            for (int i = 0; i < 3; i++) {
                int at = random.nextInt(sql.length());
                sql.replace(at, Math.min(sql.length(), at + random.nextInt(3)), pieces[random.nextInt(pieces.length)]);
            }

            // When
            Analysis analysis =
                    analyzer.analyze(List.of(new Script(sound.name(), sound.kind(), sound.version(), sql.toString())));

            // Then
            assertThat(analysis.findings())
                    .allMatch(finding ->
                            finding.line() <= sql.chars().filter(c -> c == '\n').count() + 1)
                    .noneMatch(finding -> finding.message().contains("the parser gave up on it"));
        }
    }

    private static List<Finding> withoutUndo(Analysis analysis) {
        List<Finding> findings = new ArrayList<>(analysis.findings());
        findings.removeIf(finding -> finding.ruleId().equals("undo-missing"));
        return findings;
    }

    private static Script versioned(String version, String sql) {
        return new Script("V" + version + ".sql", Kind.VERSIONED, version, sql);
    }

    private static Script undo(String version, String sql) {
        return new Script("U" + version + ".sql", Kind.UNDO, version, sql);
    }
}
