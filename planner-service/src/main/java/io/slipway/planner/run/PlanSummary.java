package io.slipway.planner.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PlannedScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan without the text of its scripts.
 *
 * @param currentVersion the highest version that was applied when it was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanSummary(PlanDigest digest, @Nullable MigrationVersion currentVersion, List<Script> scripts) {
    public PlanSummary {
        scripts = List.copyOf(scripts);
    }

    static PlanSummary of(Plan plan) {
        return new PlanSummary(
                plan.digest(),
                plan.state().currentVersion(),
                plan.scripts().stream().map(Script::of).toList());
    }

    /**
     * @param undo whether the plan carries a way back for it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Script(
            PlannedScript.Kind kind,
            @Nullable MigrationVersion version,
            String description,
            String name,
            @Nullable Integer checksum,
            boolean transactional,
            boolean undo) {
        private static Script of(PlannedScript script) {
            return new Script(
                    script.kind(),
                    script.version(),
                    script.description(),
                    script.name(),
                    script.checksum(),
                    script.transactional(),
                    script.undo() != null);
        }
    }
}
