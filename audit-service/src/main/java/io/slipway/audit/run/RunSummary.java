package io.slipway.audit.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Failure;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One run, or one rejected request, as lists show it.
 *
 * @param kind absent while it is not known: a run that ended before it was planned, of an unknown request
 * @param outcome absent until the run has ended
 * @param digest of the plan, absent while there is none
 * @param fromVersion where the target was, absent on an empty history
 * @param toVersion where the plan leads
 * @param scripts how many scripts the plan has
 * @param rowsAffected absent until known, and when PostgreSQL could not tell
 * @param createdAt when it was asked for, or else first heard of
 * @param startedAt when the first script began
 * @param durationMs from {@code createdAt} to the end, waiting included
 * @param executionMs what of that the executor took
 * @param revision grows with all that becomes known about it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
        UUID id,
        String target,
        @Nullable RunKind kind,
        RunState state,
        @Nullable Outcome outcome,
        @Nullable AskedBy request,
        @Nullable String requestedBy,
        @Nullable String reason,
        @Nullable String changeReference,
        boolean dryRun,
        boolean force,
        @Nullable String digest,
        @Nullable String fromVersion,
        @Nullable String toVersion,
        @Nullable Integer scripts,
        @Nullable String risk,
        @Nullable String reversibility,
        @Nullable Long rowsAffected,
        List<String> tablesModified,
        @Nullable @Schema(implementation = Object.class) Backup backup,
        @Nullable @Schema(implementation = Object.class) Failure failure,
        @Nullable String stateLeft,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long durationMs,
        @Nullable Long executionMs,
        long revision) {

    /** The request that the run answers, by the CloudEvents attributes that make it unique. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AskedBy(
            String id, @Nullable String source, @Nullable String type) {}

    @JsonIgnore
    public boolean ended() {
        return outcome != null;
    }
}
