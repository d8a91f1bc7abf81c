package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.FindingIds;
import io.slipway.contracts.Verdict.Risk;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Rule.Category;
import io.slipway.sql.rule.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much a plan may do to a live database, by the worst that was found. */
final class RiskPolicy {
    private RiskPolicy() {}

    static Risk of(List<Finding> findings) {
        return findings.stream().map(RiskPolicy::of).max(Risk::compareTo).orElse(Risk.LOW);
    }

    /** The rule and place of the first finding of that risk; absent when the risk is low. */
    static @Nullable String reason(List<Finding> findings) {
        Risk worst = of(findings);
        return worst == Risk.LOW
                ? null
                : findings.stream()
                        .filter(finding -> of(finding) == worst)
                        .findFirst()
                        .map(RiskPolicy::reason)
                        .orElse(null);
    }

    private static String reason(Finding finding) {
        return finding.script() == null
                ? finding.ruleId()
                : "%s in %s, line %d".formatted(finding.ruleId(), finding.script(), finding.line());
    }

    private static Risk of(Finding finding) {
        return switch (finding.severity()) {
            case INFO -> Risk.LOW;
            case WARNING -> Risk.MEDIUM;
            case ERROR -> losesRows(finding) ? Risk.CRITICAL : Risk.HIGH;
        };
    }

    private static boolean losesRows(Finding finding) {
        return finding.ruleId().equals(FindingIds.PLAN_DIGEST_MISMATCH)
                || Rules.find(finding.ruleId())
                        .map(Rule::category)
                        .filter(Category.DATA_LOSS::equals)
                        .isPresent();
    }
}
