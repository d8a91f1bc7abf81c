package io.slipway.audit.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Figures;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One migration that a run applied or took back.
 *
 * @param version absent for a repeatable one
 * @param rowsAffected absent when PostgreSQL could not tell
 * @param figures what running it came to; absent when it was not measured
 * @param undoneByRun which run took it back since
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PerformedMigration(
        String direction,
        @Nullable String version,
        String description,
        String script,
        @Nullable Integer checksum,
        boolean transactional,
        int statements,
        @Nullable Long rowsAffected,
        List<String> tablesModified,
        long tookMs,
        @Nullable Figures figures,
        @Nullable UUID undoneByRun) {}
