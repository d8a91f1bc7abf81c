package io.slipway.executor.flyway;

import io.slipway.contracts.Failure;
import org.flywaydb.core.api.FlywayException;

/** Stops a script for a reason that is already put into words. */
public final class Explained extends FlywayException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public Explained(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
