package io.slipway.backup.release;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.RunReleased;
import org.jspecify.annotations.Nullable;

/**
 * A run that waits for its backup. A run that is planned anew and released again is another release.
 *
 * @param backup what policy says of it; absent leaves it to the settings
 */
record Release(RunId runId, TargetId target, PlanDigest plan, RunReleased.@Nullable Backup backup) {
    private static final int DIGEST_DIGITS = 12;

    /** Names it in the table, the task and the file: the run, and enough of the digest to tell its plans apart. */
    String id() {
        int start = plan.value().indexOf(':') + 1;
        return runId + "-" + plan.value().substring(start, start + DIGEST_DIGITS);
    }
}
