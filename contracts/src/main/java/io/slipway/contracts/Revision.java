package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * Where a rollback goes: {@code -n} undoes the last {@code n} applied versions, a version undoes everything above it,
 * {@code before:RUN-ID} undoes what that run and all later ones applied.
 */
public record Revision(@JsonValue String value) {
    private static final int MAX_STEPS = 1_000;
    private static final String BEFORE = "before:";

    @JsonCreator
    public Revision {
        Required.present("revision", value);
        if (value.startsWith("-")) {
            steps(value);
        } else if (value.startsWith(BEFORE)) {
            run(value);
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

    /** The run whose beginning is the aim, for a revision of that form. */
    public Optional<RunId> beforeRun() {
        return value.startsWith(BEFORE) ? Optional.of(run(value)) : Optional.empty();
    }

    /** The version to go back to; only for a revision that is one. */
    public MigrationVersion version() {
        return new MigrationVersion(value);
    }

    private static RunId run(String value) {
        try {
            return RunId.of(value.substring(BEFORE.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(unusable(value), e);
        }
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
        return "A revision is -1 to -%d, a version such as 3.1, or 'before:' and a run id, but got '%s'."
                .formatted(MAX_STEPS, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
