package io.slipway.validator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingBoundTest {

    @Test
    void putsTheWorstFirstAndKeepsTheOrderAmongEquals() {
        // Given
        var bound = new FindingBound(10);

        // When
        List<Finding> bounded = bound.apply(
                List.of(
                        finding(Severity.INFO, 1),
                        finding(Severity.ERROR, 2),
                        finding(Severity.WARNING, 3),
                        finding(Severity.ERROR, 4)),
                "");

        // Then
        assertThat(bounded).extracting(Finding::line).containsExactly(2, 4, 3, 1);
    }

    @Test
    void saysHowManyAreLeftOut() {
        // Given
        List<Finding> many = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> many.add(finding(Severity.WARNING, i)));
        many.add(finding(Severity.ERROR, 999));

        // When
        List<Finding> bounded = new FindingBound(200).apply(many, "They are elsewhere.");

        // Then
        assertThat(bounded).hasSize(200);
        assertThat(bounded.getFirst().line()).isEqualTo(999);
        assertThat(bounded.getLast().ruleId()).isEqualTo("findings-left-out");
        assertThat(bounded.getLast().message())
                .isEqualTo("102 more findings are not shown: 0 errors, 102 warnings, 0 remarks. They are elsewhere.");
    }

    private static Finding finding(Severity severity, int line) {
        return new Finding("rule", severity, "V1__a.sql", line, 1, "message", null, null);
    }
}
