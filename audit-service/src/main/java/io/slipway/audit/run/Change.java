package io.slipway.audit.run;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Failure;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one event changes in the history. {@link Projection} works it out, {@link ProjectionStore} makes it so. */
sealed interface Change {
    /** The run, or the row of a rejected request. */
    UUID run();

    /**
     * Someone asked, and the history knows who and why.
     *
     * @param run that it becomes, or the row of its rejection
     */
    record Asked(
            UUID run,
            TargetId target,
            String source,
            String id,
            String type,
            RunKind kind,
            String requestedBy,
            String reason,
            @Nullable String changeReference,
            boolean dryRun,
            boolean force,
            Instant at)
            implements Change {}

    /** A request never became a run. */
    record Rejected(
            UUID run,
            String source,
            String requestId,
            String type,
            @Nullable RunKind kind,
            Failure failure,
            Instant at) implements Change {}

    /** The run is listed from now on; the first change of every fact about it, and of a request that begins one. */
    record Touched(UUID run, TargetId target, Instant at) implements Change {}

    record Planned(
            UUID run,
            RunKind kind,
            String requestId,
            String requestedBy,
            String reason,
            @Nullable String changeReference,
            boolean dryRun,
            boolean force,
            String digest,
            @Nullable MigrationVersion from,
            @Nullable MigrationVersion to,
            int scripts)
            implements Change {}

    record Judged(UUID run, Verdict verdict) implements Change {}

    record Entered(UUID run, RunState state) implements Change {}

    record BackedUp(UUID run, Backup backup) implements Change {}

    record Started(UUID run, RunKind kind, Instant at) implements Change {}

    /**
     * Scripts were applied, or versions taken back, and stay so.
     *
     * @param at when the run that did it ended
     */
    record Performed(UUID run, TargetId target, Direction direction, List<AppliedMigration> migrations, Instant at)
            implements Change {

        /** Which way it went. */
        enum Direction {
            APPLIED,
            UNDONE
        }

        public Performed {
            migrations = List.copyOf(migrations);
        }

        /** Absent when none of them could tell. */
        @Nullable
        Long rowsAffected() {
            return migrations.stream()
                    .map(AppliedMigration::rowsAffected)
                    .filter(java.util.Objects::nonNull)
                    .reduce(Long::sum)
                    .orElse(null);
        }

        List<String> tablesModified() {
            return migrations.stream()
                    .flatMap(migration -> migration.tablesModified().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** The target is at another version than the plan says, or was there already. */
    record Arrived(UUID run, @Nullable MigrationVersion at) implements Change {}

    /**
     * The run is over.
     *
     * @param took how long the executor worked, where it did
     */
    record Ended(
            UUID run,
            Outcome outcome,
            @Nullable RunKind kind,
            @Nullable Failure failure,
            @Nullable StateLeft stateLeft,
            @Nullable Duration took,
            Instant at)
            implements Change {}

    /**
     * One entry of the run's timeline.
     *
     * @param key unique within the run; a later entry of the same key takes the place of the earlier one
     * @param detail a JSON object, without what is shown elsewhere
     */
    record Noted(UUID run, String key, String eventType, Instant at, String summary, String detail) implements Change {}
}
