package io.slipway.backup.dump;

/**
 * Carries a refusal out of the step that found it. Never leaves this package: {@link Dumps} turns it into its value, which
 * keeps a sequence of eight steps readable.
 */
final class RefusedDump extends Exception {
    private static final long serialVersionUID = 1;

    private final transient DumpOutcome.Refused outcome;

    RefusedDump(DumpOutcome.Refused outcome) {
        super(outcome.failure().message(), null, false, false);
        this.outcome = outcome;
    }

    DumpOutcome.Refused outcome() {
        return outcome;
    }
}
