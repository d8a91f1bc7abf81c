package io.slipway.planner.run;

import io.slipway.contracts.PlanDigest;

/** What came of someone's approval. */
public sealed interface Consent {
    /**
     * @param state what the run is now
     */
    record Counted(RunState state) implements Consent {}

    record UnknownRun() implements Consent {}

    /**
     * No approval is waited for any more, or not yet.
     *
     * @param state what the run is doing, or how it ended
     */
    record NotAwaited(RunState state) implements Consent {}

    /**
     * The run has another plan by now.
     *
     * @param plan the one that it has
     */
    record OtherPlan(PlanDigest plan) implements Consent {}

    /** Whoever asked for the run cannot approve it. */
    record OwnRequest() implements Consent {}

    /** No policy of the target names this person. */
    record NotEntitled() implements Consent {}
}
