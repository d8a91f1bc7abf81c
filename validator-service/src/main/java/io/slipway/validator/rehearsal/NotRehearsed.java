package io.slipway.validator.rehearsal;

/** Carries the reason why a rehearsal cannot begin or go on; never leaves this package. */
final class NotRehearsed extends Exception {
    private static final long serialVersionUID = 1;

    NotRehearsed(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
