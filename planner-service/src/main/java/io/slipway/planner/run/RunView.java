package io.slipway.planner.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.planner.gate.Approval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as callers see it.
 *
 * @param percent a rough figure from 0 to 100 for a progress display
 * @param revision grows with every change; {@code ?after=} waits for it to pass
 * @param behind the run that must end first, while this one is queued
 * @param hold what it waits for, while it is held
 * @param approvals who accepted which plan of it
 * @param expiresAt when it is given up unless it has been released
 * @param cause the failed run that it takes back because policy asks for it; absent where someone asked
 * @param plan absent until it is made
 * @param verdict what the validator said
 * @param backup the one made for this run
 * @param progress how far the executor is
 * @param end {@code type} names the event, the rest is its content
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
        RunId runId,
        String requestId,
        String requestSource,
        TargetId target,
        Plan.Kind kind,
        RunState state,
        int percent,
        int revision,
        boolean dryRun,
        boolean force,
        String requestedBy,
        String reason,
        @Nullable String changeReference,
        Instant createdAt,
        Instant changedAt,
        @Nullable RunId behind,
        @Nullable JsonNode hold,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Approval> approvals,
        @Nullable String environment,
        @Nullable Instant expiresAt,
        @Nullable RunId cause,
        @Nullable PlanSummary plan,
        @Nullable JsonNode verdict,
        @Nullable JsonNode backup,
        @Nullable JsonNode progress,
        @Nullable JsonNode end) {

    /** While it runs, half of the way is made up of the scripts; each counts alike. */
    static int percent(RunState state, @Nullable JsonNode progress) {
        if (state != RunState.RUNNING || progress == null) {
            return state.percent();
        }
        int scripts = Math.max(1, progress.path("scripts").asInt(1));
        int done = Math.clamp(progress.path("scriptIndex").asInt(1) - 1L, 0, scripts);
        return state.percent() + (99 - state.percent()) * done / scripts;
    }
}
