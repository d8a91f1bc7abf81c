package io.slipway.validator.rehearsal;

import java.util.Optional;

/** What is expected of the statements of a plan. */
public interface Predictions {
    Predictions NONE = new None();

    /** @param statement its index in the script, from 0 */
    Optional<Prediction> of(String script, int statement);

    /** For a target whose schema could not be read. */
    record None() implements Predictions {
        @Override
        public Optional<Prediction> of(String script, int statement) {
            return Optional.empty();
        }
    }
}
