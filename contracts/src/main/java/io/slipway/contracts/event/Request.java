package io.slipway.contracts.event;

/** What someone outside wants. The CloudEvents id, given by the sender, is the idempotency key. */
public sealed interface Request extends MigrationEvent
        permits MigrationRequested,
                RollbackRequested,
                BackupRequested,
                RestoreRequested,
                ApprovalGiven,
                CancellationRequested {
    /** Who asks: a person or a deployment system, as the history will name them. */
    String requestedBy();

    /** Why, in the words of the requester. */
    String reason();
}
