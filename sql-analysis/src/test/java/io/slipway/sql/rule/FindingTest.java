package io.slipway.sql.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.slipway.sql.analyze.Analysis;
import io.slipway.sql.analyze.AnalysisSettings;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.analyze.Script.Kind;
import io.slipway.sql.ast.Name;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingTest {
    @Test
    void offersSqlForTheVeryStatement() {
        assertThat(saferSql("ALTER TABLE \"Orders\" ADD total numeric(10,2) NOT NULL"))
                .contains("ALTER TABLE \"Orders\" ADD COLUMN total numeric(10,2);")
                .contains("ADD CONSTRAINT \"Orders_total_not_null\" CHECK (total IS NOT NULL) NOT VALID;");
        assertThat(saferSql("UPDATE orders SET a = lower(b), c = 1"))
                .contains("UPDATE orders SET a = lower(b), c = 1")
                .contains("WHERE a IS DISTINCT FROM (lower(b)) OR c IS DISTINCT FROM (1) LIMIT 10000");
        assertThat(saferSql("DROP TABLE shop.orders")).contains("ALTER TABLE shop.orders RENAME TO orders_del;");
        assertThat(saferSql("ALTER TABLE shop.orders RENAME COLUMN \"order\" TO position"))
                .contains("CREATE VIEW shop.orders_with_position AS SELECT *, \"order\" AS position FROM shop.orders;");
    }

    @Test
    void saysWhichLockBlocksWhom() {
        assertThat(findings("DROP TABLE shop.orders").getFirst().lock())
                .startsWith("ACCESS EXCLUSIVE on shop.orders until the transaction ends: blocks all reads and writes.");
    }

    @Test
    void onlyWarnsOfATableThatWasAnnouncedForDeletion() {
        assertThat(findings("ALTER TABLE orders RENAME TO orders_del; DROP TABLE items_del"))
                .filteredOn(finding -> !finding.ruleId().equals("wide-lock-window"))
                .extracting(Finding::ruleId, Finding::severity)
                .containsExactly(tuple("rename-table", Severity.WARNING), tuple("drop-table", Severity.WARNING));
    }

    @Test
    void pointsAtTheActionInsideOfAStatement() {
        // When
        String sql = "SELECT 1;\nALTER TABLE orders\n  ADD a int,\n  DROP b";
        Finding finding = findings(sql).getFirst();

        // Then
        assertThat(finding.line()).isEqualTo(4);
        assertThat(finding.column()).isEqualTo(3);
        assertThat(sql.substring(finding.offset(), finding.offset() + finding.length()))
                .isEqualTo("DROP b");
    }

    @Test
    void seesLocksHeldFromOneScriptToTheNextInAGroup() {
        // Given
        List<Script> scripts = List.of(
                new Script("V1__a.sql", Kind.VERSIONED, "1", "ALTER TABLE orders ADD a int"),
                new Script("V2__b.sql", Kind.VERSIONED, "2", "ALTER TABLE items ADD b int"));

        // When
        Analysis each = new PlanAnalyzer().analyze(scripts);
        Analysis group =
                new PlanAnalyzer(new AnalysisSettings(Environment.UNKNOWN, RulePolicy.DEFAULT, true)).analyze(scripts);

        // Then
        assertThat(each.findings()).extracting(Finding::ruleId).doesNotContain("wide-lock-window");
        assertThat(group.findings())
                .filteredOn(finding -> finding.ruleId().equals("wide-lock-window"))
                .extracting(Finding::script)
                .containsExactly("V2__b.sql");
    }

    @Test
    void isMilderOnATableThatIsKnownToBeSmall() {
        // Given
        TableSizes sizes = new TableSizes(Map.of(
                new Name("public", "tiny"), new TableSizes.Size(12, 8_192),
                new Name("public", "huge"), new TableSizes.Size(500_000_000, 1L << 38)));
        PlanAnalyzer analyzer =
                new PlanAnalyzer(new AnalysisSettings(Environment.UNKNOWN.withSizes(sizes), RulePolicy.DEFAULT));

        // When
        Analysis analysis = analyzer.analyze(List.of(new Script(
                "a.sql", Kind.OTHER, null, "UPDATE tiny SET a = 1; UPDATE huge SET a = 1; UPDATE unknown SET a = 1")));

        // Then
        assertThat(analysis.findings())
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING, Severity.ERROR, Severity.ERROR);
    }

    @Test
    void obeysTheCommentsOfOtherTools() {
        // Given
        String sql = """
                -- squawk-ignore ban-drop-database
                DROP DATABASE a;
                -- eugene: ignore E1, E4
                DROP DATABASE b;
                -- atlas:nolint ban-drop-database
                DROP DATABASE c;
                -- atlas:nolint
                DROP DATABASE d;
                """;

        // When
        Analysis analysis = new PlanAnalyzer().analyze(List.of(new Script("a.sql", Kind.OTHER, null, sql)));

        // Then
        assertThat(analysis.findings())
                .extracting(Finding::line, Finding::ruleId)
                .containsExactly(tuple(4, "drop-database"));
        assertThat(analysis.suppressed())
                .extracting(Analysis.Suppressed::reason)
                .containsExactly("squawk-ignore", "atlas:nolint", "atlas:nolint");
    }

    @Test
    void doesNotCallASuppressionUnusedWhoseRuleDidNotLook() {
        // Given
        Script script = new Script("a.sql", Kind.OTHER, null, "-- slipway:ignore drop-default: agreed\nSELECT 1");

        // When, Then
        assertThat(new PlanAnalyzer().analyze(List.of(script)).findings()).isEmpty();
        assertThat(new PlanAnalyzer(new AnalysisSettings(Environment.UNKNOWN, RulePolicy.of(Profile.STRICT)))
                        .analyze(List.of(script))
                        .findings())
                .extracting(Finding::ruleId)
                .containsExactly("suppression-unused");
    }

    @Test
    void followsThePolicy() {
        // Given
        Script script = new Script("a.sql", Kind.OTHER, null, "DROP TABLE t; ALTER TABLE t ALTER a SET DEFAULT 1");
        RulePolicy policy = new RulePolicy(Profile.DEFAULT, Set.of("change-default"), Set.of("drop-table"));

        // When, Then
        assertThat(new PlanAnalyzer(new AnalysisSettings(Environment.UNKNOWN, policy))
                        .analyze(List.of(script))
                        .findings())
                .extracting(Finding::ruleId)
                .containsExactly("change-default");
    }

    private static String saferSql(String sql) {
        return findings(sql).stream()
                .map(Finding::saferSql)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static List<Finding> findings(String sql) {
        return new PlanAnalyzer()
                .analyze(List.of(new Script("a.sql", Kind.OTHER, null, sql)))
                .findings();
    }
}
