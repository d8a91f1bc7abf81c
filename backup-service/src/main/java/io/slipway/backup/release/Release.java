package io.slipway.backup.release;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;

/** A run that waits for its backup. A run that is planned anew and released again is another release. */
record Release(RunId runId, TargetId target, PlanDigest plan) {
    private static final int DIGEST_DIGITS = 12;

    /** Names it in the table, the task and the file: the run, and enough of the digest to tell its plans apart. */
    String id() {
        int start = plan.value().indexOf(':') + 1;
        return runId + "-" + plan.value().substring(start, start + DIGEST_DIGITS);
    }
}
