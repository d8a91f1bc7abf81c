package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.sql.analyze.Script;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.FootprintReader;
import io.slipway.validator.placeholder.FlywayPlaceholders;
import io.slipway.validator.placeholder.ResolvedSql;
import io.slipway.validator.resume.RemainingText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of a plan as the server will see them.
 *
 * @param scripts those that run, in order, and the undo scripts beside them
 * @param findings placeholders without a value
 */
record PlanText(Plan plan, List<Script> scripts, List<Finding> findings) {

    PlanText {
        scripts = List.copyOf(scripts);
        findings = List.copyOf(findings);
    }

    /**
     * @param user the role that will run the plan
     */
    static PlanText of(Plan plan, String user, Instant now) {
        List<Finding> findings = new ArrayList<>();
        List<Script> scripts = new ArrayList<>();
        for (PlannedScript script : plan.scripts()) {
            boolean replace = !FlywayPlaceholders.switchedOff(script.sqlConf());
            String sql = replace ? resolve(plan, script.name(), script.sql(), true, user, now, findings) : script.sql();
            String left = RemainingText.of(script, sql);
            scripts.add(new Script(script.name(), kind(script.kind()), version(script), left, script.sqlConf()));
            ScriptFile undo = script.undo();
            if (undo != null) {
                String undoSql = FlywayPlaceholders.switchedOff(script.undoConf())
                        ? undo.content()
                        : resolve(plan, undo.name(), undo.content(), false, user, now, findings);
                scripts.add(new Script(undo.name(), Script.Kind.UNDO, version(script), undoSql, script.undoConf()));
            }
        }
        return new PlanText(plan, scripts, findings);
    }

    /** What the scripts that run do to which objects. */
    Footprint footprint() {
        List<String> schemas = plan.settings().schemas();
        FootprintReader reader = new FootprintReader(schemas.isEmpty() ? Footprint.OWN_SCHEMA : schemas.getFirst());
        boolean undoes = plan.kind() == Plan.Kind.ROLLBACK;
        scripts.stream()
                .filter(script -> undoes || script.kind() != Script.Kind.UNDO)
                .forEach(script -> reader.read(script.name(), script.sql()));
        return reader.footprint();
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
}
