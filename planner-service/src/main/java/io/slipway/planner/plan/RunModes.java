package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunMode;
import io.slipway.targets.Target;
import io.slipway.targets.flyway.SearchPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How the scripts of a plan run, by the settings of its target and the policy. */
final class RunModes {
    private RunModes() {}

    /** @param group whether the policy wants the scripts of a migration in one transaction */
    static RunMode read(Target target, boolean group, Connection connection) throws SQLException {
        return new RunMode(group, target.session().runAs(), SearchPath.of(connection));
    }

    /** For these scripts: one has its transaction anyway, and a rollback goes version by version. */
    static RunMode fit(RunMode wanted, Plan.Kind kind, List<PlannedScript> scripts) {
        boolean several = kind == Plan.Kind.MIGRATION && scripts.size() > 1;
        return new RunMode(wanted.group() && several, wanted.runAs(), wanted.searchPath());
    }

    /** Why the scripts cannot run so; known here and not at night, since PostgreSQL would only say it half-way. */
    static Optional<Failure> refusal(RunMode mode, List<PlannedScript> scripts) {
        return scripts.stream()
                .filter(script -> mode.group() && !script.transactional())
                .findFirst()
                .map(
                        script -> Failure.of(
                                "GROUP_NOT_POSSIBLE",
                                "The policy wants all scripts in one transaction ('group: true'), but '%s' cannot run in one."
                                        .formatted(script.name()),
                                "Request the scripts before it, then it alone, then the rest ('count' or 'toVersion' bound a request); or take 'group' back for this target."));
    }
}
