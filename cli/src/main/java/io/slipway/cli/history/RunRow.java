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
    private static final Set<String> ARRIVED = Set.of("APPLIED", "ROLLED_BACK", "NOT_NEEDED");

    boolean underWay() {
        return outcome == null;
    }

    /** Whether it tells at which version the target is after it. */
    boolean tellsVersion() {
        return outcome != null && (ARRIVED.contains(outcome) || (digest != null && !hidesVersion()));
    }

    /** Whether the target is somewhere else after it, but it does not tell where. */
    boolean hidesVersion() {
        return "RESTORED".equals(outcome) || (stateLeft != null && !"UNCHANGED".equals(stateLeft));
    }

    /** The version after it, absent on an empty history; only when it {@linkplain #tellsVersion() tells}. */
    @Nullable
    String versionAfter() {
        return outcome != null && ARRIVED.contains(outcome) ? toVersion : fromVersion;
    }
}
