package io.slipway.validator.check.backup;

import io.slipway.contracts.RunId;
import java.time.Instant;

/** A run that went on without a backup. */
record SkippedBackup(RunId runId, Instant at, String why) {}
