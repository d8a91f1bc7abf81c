package io.slipway.validator.rehearsal;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.parse.Parser;
import io.slipway.sql.rule.ScriptSettings;
import io.slipway.validator.placeholder.FlywayPlaceholders;
import io.slipway.validator.resume.RemainingText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The scripts of a plan as they would run, placeholders replaced.
 *
 * @param versioned of a migration, or the undo scripts of a rollback
 * @param repeatable what comes after them
 * @param undo one for each versioned script, the last one's first; empty when one is missing, or when a script resumes, since
 *     its undo script leads to before what has run already
 * @param resumes whether a script goes on where it failed
 * @param withoutUndo the versions of those versioned scripts of a migration that have no undo script, by name; without
 *     those that resume
 */
record TrialScripts(
        List<TrialScript> versioned,
        List<TrialScript> repeatable,
        List<TrialScript> undo,
        boolean resumes,
        Map<String, MigrationVersion> withoutUndo) {

    /** @param user the role that will run the plan */
    static TrialScripts of(Plan plan, String user, Instant now) {
        Predicate<PlannedScript> repeats = script -> script.kind() == PlannedScript.Kind.REPEATABLE;
        List<TrialScript> versioned = plan.scripts().stream()
                .filter(repeats.negate())
                .map(script -> script(plan, script, user, now))
                .toList();
        List<TrialScript> repeatable = plan.scripts().stream()
                .filter(repeats)
                .map(script -> script(plan, script, user, now))
                .toList();
        return new TrialScripts(
                versioned, repeatable, undo(plan, repeats, user, now), resumes(plan), withoutUndo(plan));
    }

    private static boolean resumes(Plan plan) {
        return plan.scripts().stream().anyMatch(script -> script.resumesAt() != null);
    }

    /** What runs, in order. */
    List<TrialScript> all() {
        return Stream.concat(versioned.stream(), repeatable.stream()).toList();
    }

    private static Map<String, MigrationVersion> withoutUndo(Plan plan) {
        Map<String, MigrationVersion> versions = new HashMap<>();
        for (PlannedScript script : plan.scripts()) {
            MigrationVersion version = script.version();
            if (script.kind() == PlannedScript.Kind.VERSIONED
                    && version != null
                    && script.undo() == null
                    && script.resumesAt() == null) {
                versions.put(script.name(), version);
            }
        }
        return versions;
    }

    private static List<TrialScript> undo(Plan plan, Predicate<PlannedScript> repeats, String user, Instant now) {
        List<PlannedScript> forward =
                plan.scripts().stream().filter(repeats.negate()).toList();
        if (resumes(plan) || forward.stream().anyMatch(script -> script.undo() == null)) {
            return List.of();
        }
        return forward.reversed().stream()
                .map(script -> undo(plan, script, Objects.requireNonNull(script.undo()), user, now))
                .toList();
    }

    /** As the executor does, an undo script with a statement that refuses transactions runs without one. */
    private static TrialScript undo(Plan plan, PlannedScript script, ScriptFile undo, String user, Instant now) {
        boolean replace = !FlywayPlaceholders.switchedOff(script.undoConf());
        String sql = replace ? sql(plan, undo, user, now) : undo.content();
        boolean transactional = ScriptSettings.of(Objects.requireNonNullElse(script.undoConf(), ""))
                .executeInTransaction()
                .orElseGet(() -> Parser.parse(sql).stream().allMatch(Statement::transactional));
        return new TrialScript(undo.name(), sql, transactional);
    }

    private static TrialScript script(Plan plan, PlannedScript script, String user, Instant now) {
        boolean replace = !FlywayPlaceholders.switchedOff(script.sqlConf());
        ScriptFile file = new ScriptFile(script.name(), script.sql());
        String sql = replace ? sql(plan, file, user, now) : script.sql();
        return new TrialScript(script.name(), RemainingText.of(script, sql), script.transactional());
    }

    private static String sql(Plan plan, ScriptFile file, String user, Instant now) {
        return FlywayPlaceholders.of(plan, file.name(), user, now)
                .resolve(file.content())
                .sql();
    }
}
