package io.slipway.planner.intake;

import io.slipway.contracts.RunId;
import io.slipway.planner.run.RunState;

/** What becomes of a request. */
public sealed interface Answer {
    /**
     * @param state what the run is in the same transaction
     */
    record Accepted(RunId run, RunState state) implements Answer {}

    /** It was accepted before, with the same content. */
    record Repeated(RunId run) implements Answer {}

    record Rejected(Rejection rejection) implements Answer {}
}
