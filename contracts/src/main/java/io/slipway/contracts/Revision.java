package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a rollback goes: {@code -n} undoes the last {@code n} applied versions, a version undoes everything above it.
 */
public record Revision(@JsonValue String value) {
    private static final int MAX_STEPS = 1_000;

    @JsonCreator
    public Revision {
        Required.present("revision", value);
        if (value.startsWith("-")) {
            steps(value);
        } else {
            checkVersion(value);
        }
    }

    public boolean relative() {
        return value.startsWith("-");
    }

    /** How many versions to undo; only for a {@linkplain #relative() relative} revision. */
    public int steps() {
        return steps(value);
    }

    /** The version to go back to; only for a revision that is not {@linkplain #relative() relative}. */
    public MigrationVersion version() {
        return new MigrationVersion(value);
    }

    private static void checkVersion(String value) {
        try {
            new MigrationVersion(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(unusable(value), e);
        }
    }

    private static int steps(String value) {
        try {
            int steps = Integer.parseInt(value.substring(1));
            if (steps >= 1 && steps <= MAX_STEPS) {
                return steps;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(unusable(value), e);
        }
        throw new IllegalArgumentException(unusable(value));
    }

    private static String unusable(String value) {
        return "A revision is -1 to -%d, or a version such as 3.1, but got '%s'.".formatted(MAX_STEPS, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
