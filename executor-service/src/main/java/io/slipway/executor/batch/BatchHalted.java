package io.slipway.executor.batch;

import io.slipway.contracts.Failure;
import org.flywaydb.core.api.FlywayException;

/** A script in batches does not go on, although no statement has failed. */
final class BatchHalted extends FlywayException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    BatchHalted(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
