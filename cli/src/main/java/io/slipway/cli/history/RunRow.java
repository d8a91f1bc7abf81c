package io.slipway.cli.history;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as the audit service lists it.
 *
 * @param outcome absent while it goes on
 * @param fromVersion absent on an empty history, and before there is a plan
 */
record RunRow(
        String id,
        @Nullable String kind,
        String state,
        @Nullable String outcome,
        @Nullable String requestedBy,
        @Nullable String reason,
        boolean dryRun,
        @Nullable String digest,
        @Nullable String fromVersion,
        @Nullable String toVersion,
        @Nullable String stateLeft,
        Instant createdAt,
        @Nullable Long durationMs) {
    private static final Set<String> MOVED = Set.of("APPLIED", "ROLLED_BACK");

    boolean underWay() {
        return outcome == null;
    }

    /** Whether it tells at which version the target is after it. */
    boolean tellsVersion() {
        return outcome != null && (MOVED.contains(outcome) || (digest != null && !movedPartly()));
    }

    /** The version after it; only when it {@linkplain #tellsVersion() tells}. */
    String versionAfter() {
        String version = outcome != null && MOVED.contains(outcome) ? toVersion : fromVersion;
        return version == null ? "an empty history" : "version " + version;
    }

    private boolean movedPartly() {
        return stateLeft != null && !"UNCHANGED".equals(stateLeft);
    }
}
