package io.slipway.localstack.demo;

/** A step of the tour did not do what it shows; the message says what was expected and what was found. */
final class UnexpectedOutcome extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnexpectedOutcome(String message) {
        super(message);
    }
}
