package io.slipway.planner.plan;

import io.slipway.contracts.Failure;

/** Whether a target is still what its plan was made for. */
public sealed interface Clearance {
    record AsPlanned() implements Clearance {}

    record Moved() implements Clearance {}

    record Refused(Failure failure) implements Clearance {}

    record Unreachable(Failure failure) implements Clearance {}
}
