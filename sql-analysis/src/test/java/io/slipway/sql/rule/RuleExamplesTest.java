package io.slipway.sql.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.parse.Parser;
import io.slipway.sql.rule.Example.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule does to its examples what it says it does. */
class RuleExamplesTest {
    /** Found while files are read: the command line's tests have their examples. */
    private static final Set<String> OF_READING = Set.of("unreadable-file", "unresolved-placeholder");

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bad")
    void reports(String ruleId, String sql) {
        // When
        List<Finding> findings = findings(ruleId, sql);

        // Then
        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.message()).endsWith(".");
            assertThat(finding.whatHappens()).endsWith(".");
        });
    }

    static Stream<Arguments> bad() {
        return examples(Kind.BAD);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("good")
    void leavesAlone(String ruleId, String sql) {
        assertThat(findings(ruleId, sql)).isEmpty();
    }

    static Stream<Arguments> good() {
        return examples(Kind.GOOD);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bad")
    void offersSqlThatIsReadableAndSafer(String ruleId, String sql) {
        for (Finding finding : findings(ruleId, sql)) {
            String safer = finding.saferSql();
            if (safer != null) {
                assertThat(Parser.parse(safer)).as(safer).noneMatch(Statement.Unreadable.class::isInstance);
                assertThat(findings(ruleId, safer)).as(safer).noneMatch(again -> again.severity() == Severity.ERROR);
            }
        }
    }

    @Test
    void everyRuleHasExamplesOfBothKindsAndAnIdOfItsOwn() {
        assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(Rules.all())
                .filteredOn(rule -> !OF_READING.contains(rule.id()))
                .allSatisfy(rule -> {
                    assertThat(rule.examples(Kind.BAD)).as(rule.id()).isNotEmpty();
                    assertThat(rule.examples(Kind.GOOD)).as(rule.id()).isNotEmpty();
                });
    }

    @Test
    void advisesOnDesignOnlyWhereItIsAskedTo() {
        assertThat(Rules.all())
                .filteredOn(rule -> rule.severity() == Severity.INFO)
                .noneMatch(rule -> rule.profile() == Profile.DEFAULT);
    }

    private static Stream<Arguments> examples(Kind kind) {
        return Rules.all().stream()
                .flatMap(rule -> rule.examples(kind).stream().map(example -> arguments(rule.id(), example.sql())));
    }

    private static List<Finding> findings(String ruleId, String sql) {
        RulePolicy all = new RulePolicy(
                Profile.DEFAULT, Rules.all().stream().map(Rule::id).collect(Collectors.toSet()), Set.of());
        return ExampleFixture.run(sql, all).findings().stream()
                .filter(finding -> finding.ruleId().equals(ruleId))
                .toList();
    }
}
