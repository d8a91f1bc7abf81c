package io.slipway.executor.batch;

import io.slipway.contracts.Failure;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** A script in batches does not go on, although no statement has failed. */
final class BatchHalted extends FlywayException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    BatchHalted(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** What halted it, where that is what lies behind a failure: Flyway wraps what its callbacks throw. */
    static Optional<Failure> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BatchHalted halted) {
                return Optional.of(halted.failure);
            }
        }
        return Optional.empty();
    }
}
