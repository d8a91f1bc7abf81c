package io.slipway.audit.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Figures over the runs that ended since a time.
 *
 * @param since absent means from the beginning
 * @param targets the same for each target, by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Metrics(@Nullable Instant since, Figures overall, Map<String, Figures> targets) {

    /**
     * @param running how many have not ended; those are counted whenever they began
     * @param runs how many ended, by outcome
     * @param duration from request to end, waiting included
     * @param execution what of that the executor took
     * @param tablesModified the names of the tables whose rows were changed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Figures(
            long running,
            Map<String, Long> runs,
            Percentiles duration,
            Percentiles execution,
            long migrationsApplied,
            long migrationsUndone,
            long rowsAffected,
            List<String> tablesModified,
            @Nullable LastError lastError) {}

    /** Milliseconds, absent while nothing was measured. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Percentiles(@Nullable Double p50Ms, @Nullable Double p95Ms) {}

    /** The latest failed run. */
    record LastError(UUID run, String target, Instant at, String code, String message) {}
}
