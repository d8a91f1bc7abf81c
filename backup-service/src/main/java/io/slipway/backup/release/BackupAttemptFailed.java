package io.slipway.backup.release;

import io.slipway.contracts.Failure;

/** Tells the scheduler to try again later, and the one who gives up in the end what the last attempt found. */
final class BackupAttemptFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    BackupAttemptFailed(Failure failure) {
        super(failure.code() + ": " + failure.message());
        this.failure = failure;
    }

    /** Also of exceptions that nobody foresaw. */
    static Failure failureOf(Exception last) {
        return last instanceof BackupAttemptFailed attempt
                ? attempt.failure
                : Failure.of(
                        "BACKUP_ERROR",
                        "The backup service failed: " + last,
                        "Read the log of the backup service; this is a fault of its own.");
    }
}
