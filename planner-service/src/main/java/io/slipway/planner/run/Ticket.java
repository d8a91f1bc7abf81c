package io.slipway.planner.run;

import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same about a run from its request to its end.
 *
 * @param requestId the CloudEvents id of the request
 * @param requestSource the CloudEvents source of the request
 * @param environment what the sender takes the target for
 * @param expiresAt when it is given up unless it has been released
 * @param cause the failed run that it takes back without anybody having asked; absent where someone did
 */
public record Ticket(
        RunId id,
        TargetId target,
        Plan.Kind kind,
        String requestId,
        String requestSource,
        boolean dryRun,
        boolean force,
        String requestedBy,
        String reason,
        @Nullable String changeReference,
        @Nullable String environment,
        @Nullable Instant expiresAt,
        @Nullable Cause cause) {

    /**
     * A run that failed.
     *
     * @param requestedBy who asked for it
     */
    public record Cause(RunId run, String requestedBy) {}

    /** Who cannot approve it: whoever asked for it or, where nobody did, for what it takes back. */
    String asker() {
        return cause == null ? requestedBy : cause.requestedBy();
    }

    /** The failed run that it takes back by itself. */
    @Nullable
    RunId failedRun() {
        return cause == null ? null : cause.run();
    }
}
