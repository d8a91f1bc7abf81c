package io.slipway.planner.intake;

import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RestoreRequested;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.planner.intake.Rejection.Reason;
import io.slipway.planner.policy.PolicyInForce;
import io.slipway.planner.run.Runs;
import io.slipway.planner.scripts.ScriptBound;
import io.slipway.targets.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses what cannot become a run, as far as that can be said without asking the target. */
@ApplicationScoped
class Admission {
    private final Targets targets;
    private final Runs runs;
    private final PolicyInForce policy;
    private final Clock clock;

    Admission(Targets targets, Runs runs, PolicyInForce policy, Clock clock) {
        this.targets = targets;
        this.runs = runs;
        this.policy = policy;
        this.clock = clock;
    }

    /** Empty when it may become one. */
    Optional<Rejection> rejection(Door door, Request request) {
        if (targets.find(request.target()).isEmpty()) {
            return Optional.of(Rejection.of(
                    Reason.UNKNOWN_TARGET,
                    "There is no target '%s'; the planner knows %s.".formatted(request.target(), targets.names()),
                    "Correct the name, or configure 'slipway.targets.%s'.".formatted(request.target())));
        }
        return switch (request) {
            case MigrationRequested migration ->
                tooLarge(migration.scripts())
                        .or(() -> expired(migration.expiresAt()))
                        .or(() -> queueFull(migration.target(), migration.dryRun()));
            case RollbackRequested rollback ->
                tooLarge(rollback.scripts())
                        .or(() -> expired(rollback.expiresAt()))
                        .or(() ->
                                door == Door.OWN ? Optional.empty() : queueFull(rollback.target(), rollback.dryRun()));
            case CancellationRequested _, ApprovalGiven _ -> Optional.empty();
            case BackupRequested _ ->
                notOffered("This version makes backups as a part of migrations only, not on request.");
            case RestoreRequested _ ->
                notOffered(
                        "This version does not restore on request; pg_restore takes the file that BackupCompleted names.");
        };
    }

    private Optional<Rejection> expired(@Nullable Instant expiresAt) {
        return expiresAt == null || expiresAt.isAfter(clock.instant())
                ? Optional.empty()
                : Optional.of(Rejection.of(
                        Reason.EXPIRED,
                        "The request expired at %s, before it was taken.".formatted(expiresAt),
                        "Send a new one with a later 'expiresAt'; look whether the clocks agree."));
    }

    private Optional<Rejection> queueFull(TargetId target, boolean dryRun) {
        Integer most = policy.of(target).limits().queuedRuns();
        return dryRun || most == null || runs.open(target) <= most
                ? Optional.empty()
                : Optional.of(Rejection.of(
                        Reason.QUEUE_FULL,
                        "%d runs wait for target '%s' already, as many as its policy allows.".formatted(most, target),
                        "Wait until some have ended, or cancel those that nobody needs."));
    }

    private static Optional<Rejection> notOffered(String message) {
        return Optional.of(Rejection.of(
                Reason.NOT_OFFERED, message, "Ask for a migration, a rollback, an approval or a cancellation."));
    }

    private static Optional<Rejection> tooLarge(@Nullable ScriptSource scripts) {
        long bytes = scripts instanceof ScriptSource.Inline(var files) ? ScriptBound.bytes(files) : 0;
        return ScriptBound.exceededBy(bytes) ? Optional.of(Rejection.tooLarge(bytes)) : Optional.empty();
    }
}
