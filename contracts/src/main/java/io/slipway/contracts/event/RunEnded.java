package io.slipway.contracts.event;

/** The end of a run; each run has exactly one. */
public sealed interface RunEnded extends RunFact
        permits MigrationApplied,
                MigrationFailed,
                MigrationNotNeeded,
                DryRunCompleted,
                RollbackApplied,
                RollbackFailed,
                RestoreCompleted,
                RestoreFailed,
                RunCancelled {}
