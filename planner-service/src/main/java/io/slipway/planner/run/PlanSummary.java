package io.slipway.planner.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Derivation;
import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptOrigin;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan without the text of its scripts.
 *
 * @param currentVersion the highest version that was applied when it was made
 * @param origin the commit that the scripts come from, where they come from a repository
 * @param warnings what was passed over in making it
 * @param estimate how long it will take, absent when nobody knows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanSummary(
        PlanDigest digest,
        @Nullable MigrationVersion currentVersion,
        List<Script> scripts,
        @Nullable ScriptOrigin origin,
        List<String> warnings,
        @Nullable Duration estimate) {
    public PlanSummary {
        scripts = List.copyOf(scripts);
        // Absent in rows of before there were warnings.
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    static PlanSummary of(Plan plan, @Nullable Duration estimate) {
        return new PlanSummary(
                plan.digest(),
                plan.state().currentVersion(),
                plan.scripts().stream().map(Script::of).toList(),
                plan.origin(),
                plan.warnings(),
                estimate);
    }

    /** Where the way back of a script comes from. */
    public enum WayBack {
        /** An undo script came with it. */
        SCRIPT,
        /** The rehearsal has derived one from the schemas, and proved it. */
        DERIVED,
        NONE
    }

    /** The same, with what a rehearsal has derived. */
    PlanSummary with(DerivedUndo undo) {
        Set<String> proved = undo.drafts().stream()
                .filter(draft -> draft.unusable() == null)
                .map(DerivedUndo.Draft::script)
                .collect(Collectors.toSet());
        List<Script> seen = scripts.stream()
                .map(script -> proved.contains(script.name()) ? script.undoDerived() : script)
                .toList();
        return new PlanSummary(digest, currentVersion, seen, origin, warnings, estimate);
    }

    /**
     * @param undo whether the plan carries a way back for it
     * @param wayBack where the way back comes from
     * @param derived of an undo script: where it comes from, if nobody wrote it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Script(
            PlannedScript.Kind kind,
            @Nullable MigrationVersion version,
            String description,
            String name,
            @Nullable Integer checksum,
            boolean transactional,
            boolean undo,
            WayBack wayBack,
            @Nullable Derivation derived) {
        public Script {
            // Absent in rows of before there were derived ones.
            wayBack = wayBack == null ? (undo ? WayBack.SCRIPT : WayBack.NONE) : wayBack;
        }

        private Script undoDerived() {
            return new Script(
                    kind, version, description, name, checksum, transactional, undo, WayBack.DERIVED, derived);
        }

        private static Script of(PlannedScript script) {
            return new Script(
                    script.kind(),
                    script.version(),
                    script.description(),
                    script.name(),
                    script.checksum(),
                    script.transactional(),
                    script.undo() != null,
                    script.undo() != null ? WayBack.SCRIPT : WayBack.NONE,
                    script.derived());
        }
    }
}
