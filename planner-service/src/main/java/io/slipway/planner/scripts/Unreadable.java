package io.slipway.planner.scripts;

import io.slipway.contracts.Failure;

/** Ends the reading of a source; never leaves this package. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    Unreadable(String code, String message, String remedy, Throwable cause) {
        super(message, cause);
        this.failure = Failure.of(code, message, remedy);
    }

    Unreadable(String code, String message, String remedy) {
        this(Failure.of(code, message, remedy));
    }

    Unreadable(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
