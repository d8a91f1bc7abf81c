package io.slipway.executor.guard;

import io.slipway.contracts.Failure;
import org.flywaydb.core.api.FlywayException;

/** Ends an execution before its next script; Flyway's callbacks know no other way. */
public final class Refused extends FlywayException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public Refused(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** For people. */
    public Failure failure() {
        return failure;
    }
}
