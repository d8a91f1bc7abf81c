package io.slipway.validator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Finding.Severity;
import io.slipway.contracts.Verdict.Risk;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiskPolicyTest {

    @Test
    void isLowWithoutFindingsAndWithRemarksOnly() {
        assertThat(RiskPolicy.of(List.of())).isEqualTo(Risk.LOW);
        assertThat(RiskPolicy.of(List.of(finding("drop-table", Severity.INFO)))).isEqualTo(Risk.LOW);
    }

    @Test
    void isMediumWithAWarning() {
        assertThat(RiskPolicy.of(List.of(finding("undo-missing", Severity.WARNING))))
                .isEqualTo(Risk.MEDIUM);
    }

    @Test
    void isHighWithAnErrorThatKeepsTheRows() {
        assertThat(RiskPolicy.of(List.of(
                        finding("undo-missing", Severity.WARNING), finding("unresolved-placeholder", Severity.ERROR))))
                .isEqualTo(Risk.HIGH);
    }

    @Test
    void isCriticalWhenRowsAreLost() {
        assertThat(RiskPolicy.of(List.of(
                        finding("drop-table", Severity.ERROR), finding("unresolved-placeholder", Severity.ERROR))))
                .isEqualTo(Risk.CRITICAL);
        assertThat(RiskPolicy.of(List.of(Findings.digestMismatch()))).isEqualTo(Risk.CRITICAL);
    }

    private static Finding finding(String rule, Severity severity) {
        return new Finding(rule, severity, "V1__a.sql", 1, 1, "message", null, null);
    }
}
