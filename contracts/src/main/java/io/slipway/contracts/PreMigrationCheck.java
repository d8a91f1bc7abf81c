package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A look at the target before anything runs there.
 *
 * @param passed false as well when nobody can say, see {@code outcome}
 * @param critical whether it refuses the run unless it passed
 * @param detail what was found, and against what limit
 * @param outcome absent in verdicts from before there was a third one
 * @param figure what was measured, in {@code unit}
 * @param limit up to which the figure is good, in {@code unit}
 * @param unit {@code %}, {@code s}, {@code bytes}, or what is counted, such as {@code connections}
 * @param advice what to do about it
 */
public record PreMigrationCheck(
        String name,
        boolean passed,
        boolean critical,
        String detail,
        @Nullable Outcome outcome,
        @Nullable Long figure,
        @Nullable Long limit,
        @Nullable String unit,
        @Nullable String advice) {

    /** What came of it. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** The role may not see it, it was not answered in time, or nobody has configured what it needs. */
        UNKNOWN
    }

    public PreMigrationCheck {
        Required.text("name", name, 100);
        Required.present("detail", detail);
        if (outcome != null && passed != (outcome == Outcome.PASSED)) {
            throw new IllegalArgumentException(
                    "The check '%s' has the outcome %s, but passed is %s.".formatted(name, outcome, passed));
        }
    }

    /** One without figures that is sure of itself. */
    public PreMigrationCheck(String name, boolean passed, boolean critical, String detail) {
        this(name, passed, critical, detail, passed ? Outcome.PASSED : Outcome.FAILED, null, null, null, null);
    }

    /** Whether nobody can say if all is well. */
    @JsonIgnore
    public boolean unknown() {
        return outcome == Outcome.UNKNOWN;
    }
}
