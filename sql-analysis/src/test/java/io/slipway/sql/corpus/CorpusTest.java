package io.slipway.sql.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.rule.ExampleFixture;
import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.RulePolicy;
import io.slipway.sql.rule.Severity;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deployments as people write them, in the default profile. Each begins with a line {@code -- == name: rules}, the ids that are
 * expected, or {@code quiet}; below it the notation of {@link io.slipway.sql.rule.Example}.
 */
class CorpusTest {
    private static final String MARK = "-- == ";

    record Deployment(String name, Set<String> expected, String sql) {
        boolean quiet() {
            return expected.isEmpty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deployments")
    void findsWhatIsThereAndNothingElse(Deployment deployment) {
        // When
        List<Finding> findings = ExampleFixture.run(deployment.sql(), RulePolicy.DEFAULT).findings().stream()
                .filter(finding -> !finding.ruleId().equals("undo-missing"))
                .toList();

        // Then
        Set<String> found = findings.stream().map(Finding::ruleId).collect(Collectors.toSet());
        assertThat(new TreeSet<>(found)).as("%s", findings).isEqualTo(new TreeSet<>(deployment.expected()));
        assertThat(findings).noneMatch(finding -> finding.severity() == Severity.INFO);
    }

    @Test
    void isLargeAndHalfOfItIsSound() throws IOException, URISyntaxException {
        List<Deployment> all = deployments().toList();
        assertThat(all).extracting(Deployment::name).doesNotHaveDuplicates();
        assertThat(all).hasSizeGreaterThanOrEqualTo(150);
        assertThat(all.stream().filter(Deployment::quiet)).hasSizeGreaterThanOrEqualTo(75);
    }

    static Stream<Deployment> deployments() throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(CorpusTest.class.getResource("/corpus")).toURI());
        List<Deployment> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (String part : Files.readString(file).split("(?m)^" + MARK)) {
                    if (!part.isBlank() && part.contains(":")) {
                        all.add(read(part));
                    }
                }
            }
        }
        return all.stream();
    }

    private static Deployment read(String part) {
        String head = part.lines().findFirst().orElseThrow();
        int colon = head.indexOf(':');
        Set<String> expected = Arrays.stream(head.substring(colon + 1).split(","))
                .map(String::strip)
                .filter(id -> !id.equals("quiet"))
                .collect(Collectors.toSet());
        return new Deployment(head.substring(0, colon).strip(), expected, part.substring(head.length() + 1));
    }
}
