package io.slipway.audit.run;

import static io.slipway.audit.run.Change.Performed.Direction.APPLIED;
import static io.slipway.audit.run.Change.Performed.Direction.UNDONE;

import io.slipway.contracts.Failure;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RestoreCompleted;
import io.slipway.contracts.event.RestoreFailed;
import io.slipway.contracts.event.RestoreRequested;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event changes in the history. Pure: the same event always gives the same changes, in this order. */
final class Projection {
    /** What the planner says of a second request under the key of a first one. */
    private static final String KEY_CONFLICT = "KEY_CONFLICT";

    private Projection() {}

    static List<Change> of(Envelope envelope, MigrationEvent event) {
        return switch (event) {
            case Request request -> asked(envelope, request);
            case RequestRejected rejected -> rejected(envelope, rejected);
            case RunFact fact -> happened(envelope, fact);
        };
    }

    private static List<Change> asked(Envelope envelope, Request request) {
        return switch (request) {
            case MigrationRequested r ->
                begun(asked(envelope, r, RunKind.MIGRATION, r.changeReference(), r.dryRun(), r.force()));
            case RollbackRequested r ->
                begun(asked(envelope, r, RunKind.ROLLBACK, r.changeReference(), r.dryRun(), r.force()));
            case BackupRequested r -> begun(asked(envelope, r, RunKind.BACKUP, r.changeReference(), false, false));
            case RestoreRequested r -> begun(asked(envelope, r, RunKind.RESTORE, r.changeReference(), false, false));
            case ApprovalGiven r ->
                List.of(
                        asked(envelope, r, RunKind.APPROVAL, null, false, false),
                        Notes.of(r.runId().value(), envelope, r));
            case CancellationRequested r ->
                List.of(
                        asked(envelope, r, RunKind.CANCELLATION, null, false, false),
                        Notes.of(r.runId().value(), envelope, r));
        };
    }

    /** One about another run is not listed, unless it is rejected. */
    private static List<Change> begun(Change.Asked asked) {
        return List.of(new Change.Touched(asked.run(), asked.target(), asked.at()), asked);
    }

    private static Change.Asked asked(
            Envelope envelope,
            Request request,
            RunKind kind,
            @Nullable String changeReference,
            boolean dryRun,
            boolean force) {
        return new Change.Asked(
                RunId.ofRequest(envelope.source(), envelope.id()).value(),
                request.target(),
                envelope.source(),
                envelope.id(),
                EventTypes.nameOf(request.getClass()),
                kind,
                request.requestedBy(),
                request.reason(),
                changeReference,
                dryRun,
                force,
                envelope.time());
    }

    private static List<Change> rejected(Envelope envelope, RequestRejected event) {
        UUID row = rowOf(event);
        return List.of(
                new Change.Touched(row, event.target(), envelope.time()),
                new Change.Rejected(
                        row,
                        event.requestSource(),
                        event.requestId(),
                        event.requestType(),
                        RunKind.ofRequest(event.requestType()),
                        event.failure(),
                        envelope.time()),
                Notes.of(row, envelope, event));
    }

    /** The row that the request has had, unless that belongs to another request under the same key. */
    private static UUID rowOf(RequestRejected event) {
        String source = event.requestSource();
        return event.failure().code().equals(KEY_CONFLICT)
                ? RunId.ofRequest(source, event.requestId() + " (conflict)").value()
                : RunId.ofRequest(source, event.requestId()).value();
    }

    private static List<Change> happened(Envelope envelope, RunFact fact) {
        UUID run = fact.runId().value();
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Touched(run, fact.target(), envelope.time()));
        changes.addAll(
                switch (fact) {
                    case MigrationPlanned planned -> List.of(planned(run, planned), entered(run, RunState.PLANNED));
                    case RollbackPlanned planned -> List.of(planned(run, planned), entered(run, RunState.PLANNED));
                    case ValidationPassed passed ->
                        List.of(new Change.Judged(run, passed.verdict()), entered(run, RunState.VALIDATED));
                    case ValidationFailed failed ->
                        List.of(new Change.Judged(run, failed.verdict()), entered(run, RunState.REFUSED));
                    case RunHeld _ -> List.of(entered(run, RunState.HELD));
                    case RunReleased _ -> List.of(entered(run, RunState.RELEASED));
                    // Where the run is does not change; the note says who asked.
                    case StopOrdered _ -> List.<Change>of();
                    case BackupCompleted completed ->
                        List.of(new Change.BackedUp(run, completed.backup()), entered(run, RunState.READY));
                    case BackupSkipped _ -> List.of(entered(run, RunState.READY));
                    case BackupFailed _ -> List.of(entered(run, RunState.UNPROTECTED));
                    case MigrationStarted started ->
                        List.of(
                                new Change.Started(run, RunKind.of(started.kind()), envelope.time()),
                                entered(run, RunState.EXECUTING));
                    case MigrationProgressed _ -> List.of(entered(run, RunState.EXECUTING));
                    case RunEnded ended -> ended(run, ended, envelope.time());
                });
        changes.add(Notes.of(run, envelope, fact));
        return List.copyOf(changes);
    }

    private static List<Change> ended(UUID run, RunEnded event, Instant at) {
        return switch (event) {
            case MigrationApplied e ->
                List.of(
                        new Change.Performed(run, e.target(), APPLIED, e.migrations(), at),
                        end(run, Outcome.APPLIED, RunKind.MIGRATION, null, null, e.took(), at));
            case MigrationFailed e ->
                List.of(
                        new Change.Performed(run, e.target(), APPLIED, e.applied(), at),
                        end(run, Outcome.FAILED, RunKind.MIGRATION, e.failure(), e.stateLeft(), e.took(), at));
            case MigrationNotNeeded e ->
                List.of(
                        new Change.Arrived(run, e.currentVersion()),
                        end(run, Outcome.NOT_NEEDED, null, null, null, null, at));
            case DryRunCompleted _ -> List.of(end(run, Outcome.DRY_RUN, null, null, null, null, at));
            case RollbackApplied e ->
                List.of(
                        new Change.Performed(run, e.target(), UNDONE, e.undone(), at),
                        new Change.Arrived(run, e.toVersion()),
                        end(run, Outcome.ROLLED_BACK, RunKind.ROLLBACK, null, null, e.took(), at));
            case RollbackFailed e ->
                List.of(
                        new Change.Performed(run, e.target(), UNDONE, e.undone(), at),
                        end(run, Outcome.FAILED, RunKind.ROLLBACK, e.failure(), e.stateLeft(), e.took(), at));
            case RestoreCompleted e ->
                List.of(
                        new Change.BackedUp(run, e.backup()),
                        end(run, Outcome.RESTORED, RunKind.RESTORE, null, null, e.took(), at));
            case RestoreFailed e ->
                List.of(end(run, Outcome.FAILED, RunKind.RESTORE, e.failure(), e.stateLeft(), e.took(), at));
            case RunCancelled e ->
                List.of(end(run, Outcome.of(e.cause()), null, e.failure(), StateLeft.UNCHANGED, null, at));
        };
    }

    private static Change end(
            UUID run,
            Outcome outcome,
            @Nullable RunKind kind,
            @Nullable Failure failure,
            @Nullable StateLeft stateLeft,
            @Nullable Duration took,
            Instant at) {
        return new Change.Ended(run, outcome, kind, failure, stateLeft, took, at);
    }

    private static Change entered(UUID run, RunState state) {
        return new Change.Entered(run, state);
    }

    private static Change planned(UUID run, MigrationPlanned e) {
        return new Change.Planned(
                run,
                RunKind.MIGRATION,
                e.requestId(),
                e.requestedBy(),
                e.reason(),
                e.changeReference(),
                e.dryRun(),
                e.force(),
                e.plan().digest().value(),
                e.plan().state().currentVersion(),
                highest(e.plan()),
                e.plan().scripts().size());
    }

    private static Change planned(UUID run, RollbackPlanned e) {
        return new Change.Planned(
                run,
                RunKind.ROLLBACK,
                e.requestId(),
                e.requestedBy(),
                e.reason(),
                e.changeReference(),
                e.dryRun(),
                e.force(),
                e.plan().digest().value(),
                e.plan().state().currentVersion(),
                e.toVersion(),
                e.plan().scripts().size());
    }

    /** Out of order, or with repeatable scripts only, a plan may end where it began. */
    private static @Nullable MigrationVersion highest(Plan plan) {
        MigrationVersion highest = plan.state().currentVersion();
        for (PlannedScript script : plan.scripts()) {
            MigrationVersion version = script.version();
            if (version != null && (highest == null || version.compareTo(highest) > 0)) {
                highest = version;
            }
        }
        return highest;
    }
}
