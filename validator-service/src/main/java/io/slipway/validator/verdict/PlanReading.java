package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Plan;
import io.slipway.contracts.Verdict.Reversibility;
import io.slipway.sql.analyze.Analysis;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
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

    static PlanReading of(Plan plan, PlanText text) {
        List<Finding> findings = new ArrayList<>(text.findings());
        Analysis analysis = analyze(plan, text.scripts());
        analysis.findings().forEach(found -> findings.add(Findings.of(found)));
        analysis.suppressed().forEach(suppressed -> findings.add(Findings.of(suppressed)));
        return new PlanReading(findings, reversibility(analysis), analysis.statements(), analysis.unreadable());
    }

    private static Analysis analyze(Plan plan, List<Script> scripts) {
        PlanAnalyzer analyzer = new PlanAnalyzer(FlywayPlaceholders.defaultSchema(plan));
        return switch (plan.kind()) {
            case MIGRATION -> analyzer.analyze(scripts);
            case ROLLBACK -> analyzer.analyzeUndo(scripts);
        };
    }

    private static Reversibility reversibility(Analysis analysis) {
        return switch (analysis.reversibility()) {
            case GREEN -> Reversibility.GREEN;
            case YELLOW -> Reversibility.YELLOW;
            case RED -> Reversibility.RED;
        };
    }
}
