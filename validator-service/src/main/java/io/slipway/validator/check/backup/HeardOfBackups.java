package io.slipway.validator.check.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last that was heard of the backups of one target.
 *
 * @param verified the newest one
 * @param skipped the last run that went without
 */
record HeardOfBackups(
        @Nullable VerifiedBackup verified, @Nullable SkippedBackup skipped) {

    /** The skip, where it was the last that happened: the backup service goes by the target, so the next run is skipped, too. */
    Optional<SkippedBackup> goesWithout() {
        boolean since = skipped != null && (verified == null || skipped.at().isAfter(verified.at()));
        return since ? Optional.ofNullable(skipped) : Optional.empty();
    }
}
