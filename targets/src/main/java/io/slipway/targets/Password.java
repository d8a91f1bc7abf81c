package io.slipway.targets;

/** A secret that does not show itself: records that hold one can be printed and logged. */
public record Password(String value) {
    private static final String HIDDEN = "***";

    @Override
    public String toString() {
        return HIDDEN;
    }
}
