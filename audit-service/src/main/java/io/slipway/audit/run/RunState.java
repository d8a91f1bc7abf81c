package io.slipway.audit.run;

/** How far a run is; what became of it is its {@link Outcome}. */
public enum RunState {
    /** Asked for; the planner has not said anything yet. */
    REQUESTED,
    PLANNED,
    HELD,
    VALIDATED,
    /** The validator refuses it; the planner is about to end it. */
    REFUSED,
    RELEASED,
    /** Backed up, or free to go without. */
    READY,
    /** No backup; the planner is about to end it. */
    UNPROTECTED,
    EXECUTING,
    ENDED
}
