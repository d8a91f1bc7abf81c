package io.slipway.policy;

/** How risky a run is, from the least to the most. */
public enum Level {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
