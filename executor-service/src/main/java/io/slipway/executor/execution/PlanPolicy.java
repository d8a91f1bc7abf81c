package io.slipway.executor.execution;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.TargetState;
import java.util.Objects;
import java.util.Optional;

/** Whether what is about to run is what was validated, and the target still what it was planned for. */
final class PlanPolicy {
    private PlanPolicy() {}

    /** Refuses a plan whose content is not what its digest, and everybody before us, named. */
    static Optional<Failure> same(Plan plan, PlanDigest ordered) {
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
     * @param begun whether this run has changed the history itself already, in an attempt that was cut off
     */
    static Optional<Failure> current(Plan plan, TargetState now, boolean begun) {
        TargetState then = plan.state();
        boolean sameDatabase = then.database().equals(now.database())
                && Objects.equals(then.systemIdentifier(), now.systemIdentifier());
        if (!sameDatabase) {
            return Optional.of(outdated("it is another database (%s, system %s) than the planned one (%s, system %s)"
                    .formatted(now.database(), now.systemIdentifier(), then.database(), then.systemIdentifier())));
        }
        if (!begun && !then.historyDigest().equals(now.historyDigest())) {
            return Optional.of(outdated(
                    "its history is at version %s, planned for version %s".formatted(named(now), named(then))));
        }
        return Optional.empty();
    }

    private static Failure outdated(String how) {
        return Failure.of(
                "PLAN_OUTDATED",
                "The target is no longer what was planned for: " + how + ".",
                "Nothing was run. Find out who else migrates this database, then request the migration again.");
    }

    private static String named(TargetState state) {
        return state.currentVersion() == null ? "none" : state.currentVersion().value();
    }
}
