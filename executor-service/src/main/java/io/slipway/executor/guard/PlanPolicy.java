package io.slipway.executor.guard;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.TargetState;
import java.util.Objects;
import java.util.Optional;

/** Whether what is about to run is what was validated, and the target still what it was planned for. */
public final class PlanPolicy {
    private PlanPolicy() {}

    /** Refuses a plan whose content is not what its digest, and everybody before us, named. */
    public static Optional<Failure> same(Plan plan, PlanDigest ordered) {
        if (plan.intact() && plan.digest().equals(ordered)) {
            return Optional.empty();
        }
        return Optional.of(
                Failure.of(
                        "PLAN_MISMATCH",
                        "The plan's content does not have the digest %s that was validated and released."
                                .formatted(ordered),
                        "Nothing was run. Request the migration again; if it repeats, look for who changes events on the way."));
    }

    /**
     * Refuses a target that is another database, or whose history has moved on without this run.
     *
     * @param asPlanned whether the history is the planned one, but for what this run did to it
     */
    public static Optional<Failure> current(Plan plan, TargetState now, boolean asPlanned) {
        TargetState then = plan.state();
        boolean sameDatabase = then.database().equals(now.database())
                && Objects.equals(then.systemIdentifier(), now.systemIdentifier());
        if (!sameDatabase) {
            return Optional.of(outdated("it is another database (%s, system %s) than the planned one (%s, system %s)"
                    .formatted(now.database(), now.systemIdentifier(), then.database(), then.systemIdentifier())));
        }
        if (!asPlanned) {
            return Optional.of(outdated(
                    "someone else has changed its history, which is at version %s now and was at version %s when this was planned"
                            .formatted(named(now), named(then))));
        }
        return Optional.empty();
    }

    /**
     * Refuses sessions in which the scripts would mean something else than in those that were planned for: the settings of this
     * service are not the planner's, or someone has changed the search path on the server.
     *
     * @param now of this service's sessions; whether scripts are grouped is the plan's alone
     */
    public static Optional<Failure> sameMode(Plan plan, RunMode now) {
        RunMode then = plan.runMode();
        if (!Objects.equals(then.runAs(), now.runAs())) {
            return Optional.of(outdated(
                    "its scripts would run as %s, and as %s when this was planned".formatted(role(now), role(then))));
        }
        if (!then.searchPath().equals(now.searchPath())) {
            return Optional.of(outdated(
                    "its search path is %s, and was %s when this was planned".formatted(path(now), path(then))));
        }
        return Optional.empty();
    }

    /** Someone else has run a script, so that the rest of the plan finds another target. */
    public static Failure overtaken(String script) {
        return outdated("someone else has run '%s' in the meantime".formatted(script));
    }

    private static Failure outdated(String how) {
        return Failure.of(
                "PLAN_OUTDATED",
                "The target is no longer what was planned for: " + how + ".",
                "Find out who else changes this database, then request the migration again.");
    }

    private static String role(RunMode mode) {
        return mode.runAs() == null ? "the role that logs in" : "'%s'".formatted(mode.runAs());
    }

    private static String path(RunMode mode) {
        return mode.searchPath().isEmpty() ? "public" : String.join(", ", mode.searchPath());
    }

    private static String named(TargetState state) {
        return state.currentVersion() == null ? "none" : state.currentVersion().value();
    }
}
