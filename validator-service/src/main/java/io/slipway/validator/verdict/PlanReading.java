package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Plan;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.Verdict.Reversibility;
import io.slipway.sql.analyze.Analysis;
import io.slipway.sql.analyze.AnalysisSettings;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.rule.Environment;
import io.slipway.sql.rule.RulePolicy;
import io.slipway.sql.rule.TableSizes;
import io.slipway.validator.check.Looked;
import io.slipway.validator.placeholder.FlywayPlaceholders;
import java.util.ArrayList;
import java.util.List;

/**
 * What the scripts of a plan say, once the placeholders are replaced.
 *
 * @param findings all of them, in no particular order
 */
record PlanReading(List<Finding> findings, Reversibility reversibility, int statements, int unreadable) {

    PlanReading {
        findings = List.copyOf(findings);
    }

    static PlanReading of(Plan plan, PlanText text, Looked looked) {
        List<Finding> findings = new ArrayList<>(text.findings());
        Analysis analysis = analyze(plan, text.scripts(), looked);
        analysis.findings().forEach(found -> findings.add(Findings.of(found)));
        analysis.suppressed().forEach(suppressed -> findings.add(Findings.of(suppressed)));
        return new PlanReading(findings, reversibility(analysis), analysis.statements(), analysis.unreadable());
    }

    private static Analysis analyze(Plan plan, List<Script> scripts, Looked looked) {
        PlanAnalyzer analyzer = new PlanAnalyzer(new AnalysisSettings(
                environment(plan, looked.sizes()),
                RulePolicy.DEFAULT,
                plan.runMode().group()));
        List<Script> before =
                List.of(new Script("the target's own schema", Script.Kind.VERSIONED, null, looked.definitions()));
        return switch (plan.kind()) {
            case MIGRATION -> analyzer.analyze(before, scripts);
            case ROLLBACK -> analyzer.analyzeUndo(before, scripts);
        };
    }

    /** A version beyond those that are known is taken for the nearest one. */
    private static Environment environment(Plan plan, TableSizes sizes) {
        TargetState state = plan.state();
        int major = Integer.parseInt(state.serverVersion().replaceFirst("\\D.*", ""));
        return Environment.UNKNOWN
                .withDefaultSchema(FlywayPlaceholders.defaultSchema(plan))
                .withServerVersion(Math.clamp(major, Environment.OLDEST, Environment.NEWEST))
                .withAppliedVersion(
                        state.currentVersion() == null
                                ? null
                                : state.currentVersion().value())
                .withSizes(sizes);
    }

    private static Reversibility reversibility(Analysis analysis) {
        return switch (analysis.reversibility()) {
            case GREEN -> Reversibility.GREEN;
            case YELLOW -> Reversibility.YELLOW;
            case RED -> Reversibility.RED;
        };
    }
}
