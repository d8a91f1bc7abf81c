package io.slipway.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run may go now.
 *
 * @param kind which way it goes
 * @param skipped what {@code force}, or a rollback of a failed run that policy asks for, passed over, by name
 * @param approvedBy whose approvals it has, where it needed some
 * @param backup what policy says of its backup; absent leaves it to the settings of the backup service
 */
public record RunReleased(
        RunId runId,
        TargetId target,
        PlanDigest plan,
        Plan.Kind kind,
        List<String> skipped,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> approvedBy,
        @Nullable Backup backup)
        implements RunFact {
    public RunReleased {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("kind", kind);
        skipped = List.copyOf(skipped);
        approvedBy = List.copyOf(approvedBy);
    }

    /** One that nobody had to approve, with the backup that the backup service is set to make. */
    public RunReleased(RunId runId, TargetId target, PlanDigest plan, Plan.Kind kind, List<String> skipped) {
        this(runId, target, plan, kind, skipped, List.of(), null);
    }

    /** Whether the run gets a backup. */
    public enum Backup {
        /** It does not start without one, whatever the backup service is set to. */
        REQUIRED,
        LEFT_OUT
    }
}
