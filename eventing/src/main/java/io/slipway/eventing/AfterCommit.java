package io.slipway.eventing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Wakes what waits for the rows of a transaction as soon as it has committed. */
@ApplicationScoped
public class AfterCommit {
    private final TransactionSynchronizationRegistry transaction;

    AfterCommit(TransactionSynchronizationRegistry transaction) {
        this.transaction = transaction;
    }

    /**
     * Runs the action after the commit of the current transaction, once per key, and not at all after a rollback.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void once(Object key, Runnable action) {
        if (transaction.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException(
                    "Facts and tasks belong to a transaction, but none is active; wrap the call in QuarkusTransaction.requiringNew().");
        }
        if (transaction.getResource(key) == null) {
            transaction.putResource(key, Boolean.TRUE);
            transaction.registerInterposedSynchronization(new OnCommit(action));
        }
    }

    private record OnCommit(Runnable action) implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                action.run();
            }
        }
    }
}
