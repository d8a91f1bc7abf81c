package io.slipway.planner.intake;

import io.slipway.contracts.RunId;

/** What becomes of a request. */
public sealed interface Answer {
    record Accepted(RunId run) implements Answer {}

    /** It was accepted before, with the same content. */
    record Repeated(RunId run) implements Answer {}

    record Rejected(Rejection rejection) implements Answer {}
}
