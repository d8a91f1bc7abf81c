package io.slipway.sql.analyze;

import io.slipway.sql.rule.Environment;
import io.slipway.sql.rule.RulePolicy;

/**
 * For which database scripts are judged, by which rules, and in which transactions they run.
 *
 * @param group whether all scripts share one transaction, so that locks are held from one to the next
 */
public record AnalysisSettings(Environment environment, RulePolicy policy, boolean group) {
    public static final AnalysisSettings DEFAULT = new AnalysisSettings(Environment.UNKNOWN, RulePolicy.DEFAULT);

    /** For scripts that have a transaction each. */
    public AnalysisSettings(Environment environment, RulePolicy policy) {
        this(environment, policy, false);
    }
}
