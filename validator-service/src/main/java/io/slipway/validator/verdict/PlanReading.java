package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.Verdict.Reversibility;
import io.slipway.sql.analyze.Analysis;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.validator.placeholder.FlywayPlaceholders;
import io.slipway.validator.placeholder.ResolvedSql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scripts of a plan say, once the placeholders are replaced.
 *
 * @param findings all of them, in no particular order
 */
record PlanReading(List<Finding> findings, Reversibility reversibility, int statements, int unreadable) {

    PlanReading {
        findings = List.copyOf(findings);
    }

    /**
     * @param user the role that will run the plan
     */
    static PlanReading of(Plan plan, String user, Instant now) {
        List<Finding> findings = new ArrayList<>();
        List<Script> scripts = new ArrayList<>();
        for (PlannedScript script : plan.scripts()) {
            boolean replace = !FlywayPlaceholders.switchedOff(script.sqlConf());
            String sql = replace ? resolve(plan, script.name(), script.sql(), true, user, now, findings) : script.sql();
            scripts.add(new Script(script.name(), kind(script.kind()), version(script), sql));
            ScriptFile undo = script.undo();
            if (undo != null) {
                String undoSql = resolve(plan, undo.name(), undo.content(), false, user, now, findings);
                scripts.add(new Script(undo.name(), Script.Kind.UNDO, version(script), undoSql));
            }
        }
        Analysis analysis = analyze(plan, scripts);
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

    private static String resolve(
            Plan plan, String name, String sql, boolean runs, String user, Instant now, List<Finding> findings) {
        ResolvedSql resolved = FlywayPlaceholders.of(plan, name, user, now).resolve(sql);
        resolved.unresolved().forEach(placeholder -> findings.add(Findings.of(placeholder, name, runs)));
        return resolved.sql();
    }

    private static @Nullable String version(PlannedScript script) {
        return script.version() == null ? null : script.version().value();
    }

    private static Script.Kind kind(PlannedScript.Kind kind) {
        return switch (kind) {
            case VERSIONED -> Script.Kind.VERSIONED;
            case REPEATABLE -> Script.Kind.REPEATABLE;
            case UNDO -> Script.Kind.UNDO;
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
