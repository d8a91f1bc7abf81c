package io.slipway.planner.intake;

/** Where a request came in. */
public enum Door {
    HTTP,
    KAFKA,
    /** This planner asks by itself. */
    OWN
}
