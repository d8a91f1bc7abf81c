package io.slipway.sql.analyze;

import io.slipway.sql.analyze.Script.Kind;
import java.util.List;

/**
 * Says what a plan will do to a live database before it does it. Stateless: one instance serves all threads.
 *
 * <p>Nothing here reads or connects to anything; what the scripts say is all there is to go by.
 */
public final class PlanAnalyzer {
    private static final String USUAL_SCHEMA = "public";

    private final String defaultSchema;

    public PlanAnalyzer() {
        this(USUAL_SCHEMA);
    }

    /** @param defaultSchema the schema that names without one refer to */
    public PlanAnalyzer(String defaultSchema) {
        this.defaultSchema = defaultSchema;
    }

    /**
     * Judges a migration.
     *
     * @param scripts the pending ones in the order in which they run, and, anywhere among them, the undo scripts that go
     *     with them; these do not run, so they are only looked at for being there and saying something
     */
    public Analysis analyze(List<Script> scripts) {
        UndoPairs pairs = UndoPairs.of(scripts);
        PlanReport report = new PlanReport(defaultSchema, false);
        for (Script script : scripts) {
            if (script.kind() == Kind.UNDO) {
                report.undoAtHand(script);
            } else {
                report.running(script, pairs.lacksUndo(script));
            }
        }
        return report.analysis();
    }

    /**
     * Judges a rollback. Undoing drops what was added and renames back what was renamed: what would be an error in a
     * migration for that reason is a warning here.
     *
     * @param scripts undo scripts in the order in which they run
     */
    public Analysis analyzeUndo(List<Script> scripts) {
        PlanReport report = new PlanReport(defaultSchema, true);
        for (Script script : scripts) {
            report.running(script, false);
        }
        return report.analysis();
    }
}
