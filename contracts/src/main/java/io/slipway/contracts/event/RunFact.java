package io.slipway.contracts.event;

import io.slipway.contracts.RunId;

/** What happened to a run. */
public sealed interface RunFact extends Fact
        permits MigrationPlanned,
                RollbackPlanned,
                ValidationPassed,
                ValidationFailed,
                RunHeld,
                RunReleased,
                StopOrdered,
                BackupCompleted,
                BackupSkipped,
                BackupFailed,
                MigrationStarted,
                MigrationProgressed,
                RunEnded {
    RunId runId();
}
