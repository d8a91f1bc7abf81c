package io.slipway.contracts;

/** What a failed run left behind in the target. */
public enum StateLeft {
    /** As it was before the run. */
    UNCHANGED,
    /** Some scripts of the plan are applied and recorded, the others did nothing. */
    PARTLY_APPLIED,
    /** A script without a transaction stopped in its middle: look at its effects. */
    INTERRUPTED,
    /** The target went away and did not come back in time: its history table says what is applied. */
    UNKNOWN
}
