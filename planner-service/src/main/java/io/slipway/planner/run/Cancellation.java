package io.slipway.planner.run;

/** What came of the wish to give a run up. */
public sealed interface Cancellation {
    /**
     * @param state what the run is now
     */
    record Done(RunState state) implements Cancellation {}

    record Unknown() implements Cancellation {}

    /**
     * @param state what the run is doing, or how it ended
     */
    record TooLate(RunState state) implements Cancellation {}
}
