package io.slipway.executor.ledger;

import io.slipway.contracts.AppliedMigration;

/**
 * One script of one run.
 *
 * @param done false for a script without a transaction that was announced and whose end was never recorded
 */
public record LedgerEntry(boolean done, AppliedMigration migration) {

    /** Announced, with nothing measured yet. */
    public static LedgerEntry intended(AppliedMigration migration) {
        return new LedgerEntry(false, migration);
    }

    /** Done, with what was measured. */
    public static LedgerEntry done(AppliedMigration migration) {
        return new LedgerEntry(true, migration);
    }
}
