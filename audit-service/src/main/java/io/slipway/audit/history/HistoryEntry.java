package io.slipway.audit.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a target.
 *
 * @param what {@code APPLIED}, {@code UNDONE}, {@code RESTORED}, or {@code FAILED} for an attempt that stopped
 * @param version absent for a repeatable migration, a restore, and an attempt that failed before its first script
 * @param script what was run, or what the attempt failed at
 * @param walBytes write-ahead log that the server wrote meanwhile, for all its sessions
 * @param lockWaitMs how long it waited for locks, as far as it was seen
 * @param error code and message of the failure
 * @param undoneByRun which run took the migration back since
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryEntry(
        String what,
        Instant at,
        UUID run,
        @Nullable String kind,
        @Nullable String requestedBy,
        @Nullable String reason,
        @Nullable String changeReference,
        @Nullable String version,
        @Nullable String description,
        @Nullable String script,
        @Nullable Integer checksum,
        @Nullable Long rowsAffected,
        List<String> tablesModified,
        @Nullable Long tookMs,
        @Nullable Long walBytes,
        @Nullable Long lockWaitMs,
        @Nullable String error,
        @Nullable UUID undoneByRun) {}
