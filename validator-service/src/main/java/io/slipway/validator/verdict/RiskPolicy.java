package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Verdict.Risk;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Rule.Category;
import io.slipway.sql.rule.Rules;
import java.util.List;

/** How much a plan may do to a live database, by the worst that was found. */
final class RiskPolicy {
    private RiskPolicy() {}

    static Risk of(List<Finding> findings) {
        return findings.stream().map(RiskPolicy::of).max(Risk::compareTo).orElse(Risk.LOW);
    }

    private static Risk of(Finding finding) {
        return switch (finding.severity()) {
            case INFO -> Risk.LOW;
            case WARNING -> Risk.MEDIUM;
            case ERROR -> losesRows(finding) ? Risk.CRITICAL : Risk.HIGH;
        };
    }

    private static boolean losesRows(Finding finding) {
        return finding.ruleId().equals(Findings.DIGEST_MISMATCH)
                || Rules.find(finding.ruleId())
                        .map(Rule::category)
                        .filter(Category.DATA_LOSS::equals)
                        .isPresent();
    }
}
