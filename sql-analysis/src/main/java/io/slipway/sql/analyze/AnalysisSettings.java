package io.slipway.sql.analyze;

import io.slipway.sql.rule.Environment;
import io.slipway.sql.rule.RulePolicy;

/** For which database scripts are judged, and by which rules. */
public record AnalysisSettings(Environment environment, RulePolicy policy) {
    public static final AnalysisSettings DEFAULT = new AnalysisSettings(Environment.UNKNOWN, RulePolicy.DEFAULT);
}
