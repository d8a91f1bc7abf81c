package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptOrigin;
import io.slipway.contracts.TargetState;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request brings to its plan, its target left out. */
sealed interface Material {
    /**
     * @param files without the project's own settings
     * @param settings those of the request, and those of the project where the request has none
     * @param origin the commit, where the files come from a repository
     * @param warnings what was passed over so far
     */
    record Ready(
            List<ScriptFile> files,
            FlywaySettings settings,
            @Nullable ScriptOrigin origin,
            List<String> warnings) implements Material {
        public Ready {
            files = List.copyOf(files);
            warnings = List.copyOf(warnings);
        }

        Plan plan(Plan.Kind kind, List<PlannedScript> scripts, TargetState state, List<String> more, RunMode mode) {
            List<String> all = Stream.concat(warnings.stream(), more.stream()).toList();
            return Plan.of(kind, settings, scripts, state, origin, all, RunModes.fit(mode, kind, scripts));
        }
    }

    record Unfit(Failure failure) implements Material {}
}
