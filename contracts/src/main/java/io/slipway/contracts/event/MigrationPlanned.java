package io.slipway.contracts.event;

import io.slipway.contracts.Plan;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import org.jspecify.annotations.Nullable;

/**
 * What will run to bring the target forward.
 *
 * @param requestId the CloudEvents id of the request
 */
public record MigrationPlanned(
        RunId runId,
        TargetId target,
        Plan plan,
        String requestId,
        boolean dryRun,
        boolean force,
        String requestedBy,
        String reason,
        @Nullable String changeReference)
        implements RunFact {
    public MigrationPlanned {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("requestId", requestId);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
    }
}
