package io.slipway.contracts.event;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What will run to take versions back.
 *
 * @param requestId the CloudEvents id of the request
 * @param toVersion the version that the target will be at, absent when nothing is left
 * @param environment what the sender of the request takes the target for
 * @param estimate how long it will take, from what the same scripts took on other targets; absent when nobody knows
 * @param cause the failed run that Slipway takes back by itself, as policy asks for; absent where a person asked
 */
public record RollbackPlanned(
        RunId runId,
        TargetId target,
        Plan plan,
        @Nullable MigrationVersion toVersion,
        String requestId,
        boolean dryRun,
        boolean force,
        String requestedBy,
        String reason,
        @Nullable String changeReference,
        @Nullable String environment,
        @Nullable Duration estimate,
        @Nullable RunId cause)
        implements RunFact {
    public RollbackPlanned {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("requestId", requestId);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
    }

    /** One without an expectation of environment and time. */
    public RollbackPlanned(
            RunId runId,
            TargetId target,
            Plan plan,
            @Nullable MigrationVersion toVersion,
            String requestId,
            boolean dryRun,
            boolean force,
            String requestedBy,
            String reason,
            @Nullable String changeReference) {
        this(
                runId,
                target,
                plan,
                toVersion,
                requestId,
                dryRun,
                force,
                requestedBy,
                reason,
                changeReference,
                null,
                null,
                null);
    }
}
