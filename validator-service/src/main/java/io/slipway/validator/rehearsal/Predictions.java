package io.slipway.validator.rehearsal;

import java.util.Optional;

/** What is expected of the statements of a plan. */
@FunctionalInterface
public interface Predictions {
    /** Nothing is expected. */
    Predictions NONE = (script, statement) -> Optional.empty();

    /** @param statement its index in the script, from 0 */
    Optional<Prediction> of(String script, int statement);
}
