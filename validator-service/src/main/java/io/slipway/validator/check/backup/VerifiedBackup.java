package io.slipway.validator.check.backup;

import io.slipway.contracts.RunId;
import java.time.Instant;

/**
 * A backup that was read back.
 *
 * @param runId the run that it was made for
 * @param at when the backup service said so
 * @param entries how many were read back
 * @param tool by which program
 */
record VerifiedBackup(RunId runId, Instant at, int entries, String tool) {}
