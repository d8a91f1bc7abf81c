package io.slipway.planner.run;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Hold;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunFact;
import io.slipway.planner.gate.Gate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may move a run. */
sealed interface Signal {
    /** No other run of the target is before it any more. */
    record TurnCame() implements Signal {}

    /**
     * @param round for which round of planning, since a revived task may be late
     * @param toVersion for a rollback, where it ends; absent when nothing is left
     * @param estimate how long it will take, absent when nobody knows
     */
    record PlanMade(
            int round,
            Plan plan,
            @Nullable MigrationVersion toVersion,
            @Nullable Duration estimate) implements Signal {}

    record NothingPending(int round, @Nullable MigrationVersion current) implements Signal {}

    /** Planning, or the look before the release, cannot succeed. */
    record Stopped(int round, RunCancelled.Cause cause, Failure failure) implements Signal {}

    /** The gates are open, and the target is what the plan was made for. */
    record StillAsPlanned(int round, Gate.Open gate) implements Signal {}

    /** A gate is shut. */
    record MustWait(int round, Hold hold) implements Signal {}

    /** What a held run waited for has come; the target is still to be looked at. */
    record GateOpened(int round) implements Signal {}

    /** The time until which the sender wanted it released is over. */
    record Expired(Instant at) implements Signal {}

    /**
     * The target is not what the plan was made for.
     *
     * @param mayPlanAgain whether the bound on rounds allows another one
     */
    record TargetMoved(int round, boolean mayPlanAgain) implements Signal {}

    record CancelAsked(String by, String reason, boolean now) implements Signal {}

    /** Another service said so. */
    record Heard(RunFact fact) implements Signal {}
}
