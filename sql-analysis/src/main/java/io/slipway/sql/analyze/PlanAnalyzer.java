package io.slipway.sql.analyze;

import io.slipway.sql.analyze.Script.Kind;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.rule.Environment;
import io.slipway.sql.rule.RulePolicy;
import java.util.List;

/**
 * Says what a plan will do to a live database before it does it. Stateless: one instance serves all threads.
 *
 * <p>Nothing here reads or connects to anything; what the scripts say is all there is to go by.
 */
public final class PlanAnalyzer {
    private final AnalysisSettings settings;

    public PlanAnalyzer() {
        this(AnalysisSettings.DEFAULT);
    }

    /** @param defaultSchema the schema that names without one refer to */
    public PlanAnalyzer(String defaultSchema) {
        this(new AnalysisSettings(Environment.UNKNOWN.withDefaultSchema(defaultSchema), RulePolicy.DEFAULT));
    }

    public PlanAnalyzer(AnalysisSettings settings) {
        this.settings = settings;
    }

    /**
     * Judges a migration.
     *
     * @param scripts the pending ones in the order in which they run, and, anywhere among them, the undo scripts that go
     *     with them; these do not run, so they are only looked at for being there and saying something
     */
    public Analysis analyze(List<Script> scripts) {
        return analyze(List.of(), scripts);
    }

    /**
     * Judges a migration of a database of which it is known how it came about.
     *
     * @param before what made the schema as it is, in the order in which it ran; nothing of it is reported
     */
    public Analysis analyze(List<Script> before, List<Script> scripts) {
        return analyze(History.replay(before, settings.environment()), scripts);
    }

    /**
     * Judges a migration of a database of which the schema was read.
     *
     * @param catalog the schema as it is, sizes of tables included; the scripts are applied to it
     */
    public Analysis analyze(Catalog catalog, List<Script> scripts) {
        return new PlanReport(settings, catalog, scripts, false).analysis();
    }

    /**
     * Judges a rollback. Undoing drops what was added and renames back what was renamed: what would be an error in a
     * migration for that reason is a warning here.
     *
     * @param scripts undo scripts in the order in which they run
     */
    public Analysis analyzeUndo(List<Script> scripts) {
        return analyzeUndo(List.of(), scripts);
    }

    /**
     * Judges a rollback of a database of which it is known how it came about.
     *
     * @param before what made the schema as it is, in the order in which it ran; nothing of it is reported
     */
    public Analysis analyzeUndo(List<Script> before, List<Script> scripts) {
        return analyzeUndo(History.replay(before, settings.environment()), scripts);
    }

    /** Judges a rollback of a database of which the schema was read; the scripts are applied to the catalogue. */
    public Analysis analyzeUndo(Catalog catalog, List<Script> scripts) {
        List<Script> undo =
                scripts.stream().filter(script -> script.kind() == Kind.UNDO).toList();
        return new PlanReport(settings, catalog, undo, true).analysis();
    }
}
