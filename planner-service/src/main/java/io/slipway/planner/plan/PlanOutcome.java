package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of planning. */
public sealed interface PlanOutcome {
    /**
     * @param estimate how long it will take, absent when nobody knows
     * @param toVersion where a rollback ends; absent for a migration, and when nothing is left
     */
    record Planned(
            Plan plan,
            @Nullable MigrationVersion toVersion,
            @Nullable Duration estimate) implements PlanOutcome {}

    record NothingPending(@Nullable MigrationVersion current) implements PlanOutcome {}

    record Refused(Failure failure) implements PlanOutcome {}

    record Unreachable(Failure failure) implements PlanOutcome {}

    static PlanOutcome refused(String code, String message, String remedy) {
        return new Refused(Failure.of(code, message, remedy));
    }
}
