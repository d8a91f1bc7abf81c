package io.slipway.planner.run;

import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import java.util.Objects;

/** Whether a rollback is what everybody knew when they let a run go: the plan's digest covers its undo scripts. */
final class ForeseenRules {
    private ForeseenRules() {}

    static boolean foreseen(Plan rollback, Plan failed) {
        return rollback.settings().equals(failed.settings())
                && rollback.scripts().stream()
                        .allMatch(undo -> failed.scripts().stream().anyMatch(script -> takesBack(undo, script)));
    }

    private static boolean takesBack(PlannedScript undo, PlannedScript script) {
        ScriptFile known = script.undo();
        return known != null
                && Objects.equals(undo.version(), script.version())
                && Objects.equals(undo.checksum(), script.checksum())
                && Objects.equals(undo.sqlConf(), script.undoConf())
                && undo.name().equals(known.name())
                && undo.sql().equals(known.content());
    }
}
