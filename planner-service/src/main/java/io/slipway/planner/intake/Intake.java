package io.slipway.planner.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RestoreRequested;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.eventing.AfterCommit;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.planner.intake.Rejection.Reason;
import io.slipway.planner.run.Approvals;
import io.slipway.planner.run.Cancellation;
import io.slipway.planner.run.Consent;
import io.slipway.planner.run.RunState;
import io.slipway.planner.run.Runs;
import io.slipway.planner.run.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes requests in, each source and id once. */
@ApplicationScoped
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final RequestStore requests;
    private final Runs runs;
    private final Approvals approvals;
    private final Admission admission;
    private final Outbox outbox;
    private final Returns returns;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;

    Intake(
            RequestStore requests,
            Runs runs,
            Approvals approvals,
            Admission admission,
            Outbox outbox,
            Returns returns,
            AfterCommit afterCommit,
            MeterRegistry metrics) {
        this.requests = requests;
        this.runs = runs;
        this.approvals = approvals;
        this.admission = admission;
        this.outbox = outbox;
        this.returns = returns;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
    }

    /** In the caller's transaction, which waits for any other one that takes the same source and id. */
    public Answer take(Door door, Envelope envelope, Request request) {
        if (envelope.source().equals(OwnRollbacks.SOURCE)) {
            return reserved(door, envelope, request);
        }
        String sha256 = RequestDigest.of(request);
        return requests.claim(envelope, sha256, runOf(envelope, request))
                ? first(door, envelope, request, null)
                : again(door, envelope, request, sha256, requests.get(envelope));
    }

    /**
     * What this planner asks for by itself because a run has failed; in the transaction that says so. When the failure is
     * told again, in whatever words, nothing follows.
     */
    void takeOwn(Envelope envelope, RollbackRequested request, Ticket.Cause cause) {
        if (requests.claim(envelope, RequestDigest.of(request), runOf(envelope, request))) {
            first(Door.OWN, envelope, request, cause);
        }
    }

    /** The run that a request makes, or is about; null for what never becomes one. */
    private static @Nullable RunId runOf(Envelope envelope, Request request) {
        return switch (request) {
            case MigrationRequested _, RollbackRequested _ -> RunId.ofRequest(envelope.source(), envelope.id());
            case CancellationRequested r -> r.runId();
            case ApprovalGiven r -> r.runId();
            case BackupRequested _, RestoreRequested _ -> null;
        };
    }

    private Answer again(Door door, Envelope envelope, Request request, String sha256, RequestStore.Known known) {
        if (!known.sha256().equals(sha256)) {
            Rejection conflict = conflict(envelope, known.run());
            if (requests.conflicting(envelope, sha256, conflict)) {
                tell(door, envelope, request, conflict);
            }
            return new Answer.Rejected(conflict);
        }
        return known.run() != null
                ? new Answer.Repeated(known.run())
                : new Answer.Rejected(Objects.requireNonNull(known.rejection(), "neither run nor rejection"));
    }

    private Answer first(Door door, Envelope envelope, Request request, Ticket.@Nullable Cause cause) {
        Optional<Rejection> unfit = admission.rejection(door, request);
        if (door != Door.KAFKA
                && unfit.filter(r -> r.reason() == Reason.TOO_LARGE).isEmpty()) {
            returns.expect(outbox.publish(envelope, request));
        }
        Answer answer = unfit.<Answer>map(Answer.Rejected::new).orElseGet(() -> accept(envelope, request, cause));
        if (answer instanceof Answer.Rejected(Rejection rejection)) {
            requests.rejected(envelope, rejection);
            tell(door, envelope, request, rejection);
        }
        return answer;
    }

    /** A first one is not written down: it must not take a key that the planner itself may need. */
    private Answer reserved(Door door, Envelope envelope, Request request) {
        Optional<RequestStore.Known> own = requests.find(envelope);
        if (own.isPresent()) {
            return again(door, envelope, request, RequestDigest.of(request), own.get());
        }
        Rejection rejection = Rejection.of(
                Reason.RESERVED_SOURCE,
                "The source '%s' is the planner's own.".formatted(envelope.source()),
                "Send the request with a source that names your system.");
        tell(door, envelope, request, rejection);
        return new Answer.Rejected(rejection);
    }

    private Answer accept(Envelope envelope, Request request, Ticket.@Nullable Cause cause) {
        return switch (request) {
            case MigrationRequested r ->
                enqueue(
                        envelope,
                        request,
                        Plan.Kind.MIGRATION,
                        r.dryRun(),
                        r.force(),
                        r.changeReference(),
                        r.environment(),
                        r.expiresAt(),
                        cause);
            case RollbackRequested r ->
                enqueue(
                        envelope,
                        request,
                        Plan.Kind.ROLLBACK,
                        r.dryRun(),
                        r.force(),
                        r.changeReference(),
                        r.environment(),
                        r.expiresAt(),
                        cause);
            case CancellationRequested r -> cancel(r);
            case ApprovalGiven r -> approve(r);
            case BackupRequested _, RestoreRequested _ ->
                throw new IllegalStateException("Rejected before: " + request.getClass());
        };
    }

    private Answer enqueue(
            Envelope envelope,
            Request request,
            Plan.Kind kind,
            boolean dryRun,
            boolean force,
            @Nullable String changeReference,
            @Nullable String environment,
            @Nullable Instant expiresAt,
            Ticket.@Nullable Cause cause) {
        RunId run = RunId.ofRequest(envelope.source(), envelope.id());
        Ticket ticket = new Ticket(
                run,
                request.target(),
                kind,
                envelope.id(),
                envelope.source(),
                dryRun,
                force,
                request.requestedBy(),
                request.reason(),
                changeReference,
                environment,
                expiresAt,
                cause);
        RunState state = runs.enqueue(ticket, request);
        LOG.infof("A request became a run; runId=%s target=%s requestId=%s", run, request.target(), envelope.id());
        return new Answer.Accepted(run, state);
    }

    private Answer cancel(CancellationRequested request) {
        return switch (runs.cancel(request)) {
            case Cancellation.Done done -> new Answer.Accepted(request.runId(), done.state());
            case Cancellation.Unknown _ -> unknownRun(request.target(), request.runId());
            case Cancellation.TooLate late ->
                new Answer.Rejected(Rejection.of(
                        Reason.NOT_CANCELLABLE,
                        "Run %s has ended as %s.".formatted(request.runId(), late.state()),
                        "What it applied can be rolled back."));
        };
    }

    private Answer approve(ApprovalGiven request) {
        return switch (approvals.approve(request)) {
            case Consent.Counted counted -> new Answer.Accepted(request.runId(), counted.state());
            case Consent.UnknownRun _ -> unknownRun(request.target(), request.runId());
            case Consent.NotAwaited awaited ->
                new Answer.Rejected(Rejection.of(
                        Reason.NOT_AWAITED,
                        "Run %s is %s and waits for no approval.".formatted(request.runId(), awaited.state()),
                        "Approve a run while it is held; GET /api/v1/runs/%s says what it waits for."
                                .formatted(request.runId())));
            case Consent.OtherPlan other ->
                new Answer.Rejected(Rejection.of(
                        Reason.OTHER_PLAN,
                        "The approval names plan %s, but the run's plan is %s.".formatted(request.plan(), other.plan()),
                        "Look at the plan that the run has now, and approve that one."));
            case Consent.OwnRequest _ ->
                new Answer.Rejected(Rejection.of(
                        Reason.OWN_REQUEST,
                        "'%s' asked for run %s and cannot approve it."
                                .formatted(request.requestedBy(), request.runId()),
                        "Have someone else approve it."));
            case Consent.NotEntitled _ ->
                new Answer.Rejected(Rejection.of(
                        Reason.NOT_ENTITLED,
                        "No role whose approval counts for target '%s' has '%s'."
                                .formatted(request.target(), request.requestedBy()),
                        "Have someone of these roles approve it, or add the name to a role in the policy."));
        };
    }

    private static Answer unknownRun(TargetId target, RunId run) {
        return new Answer.Rejected(Rejection.of(
                Reason.UNKNOWN_RUN,
                "Target '%s' has no run %s.".formatted(target, run),
                "Correct the run id; GET /api/v1/runs lists the runs of a target."));
    }

    private void tell(Door door, Envelope envelope, Request request, Rejection rejection) {
        String type = EventTypes.nameOf(request.getClass());
        outbox.publish(
                new RequestRejected(request.target(), envelope.id(), envelope.source(), type, rejection.failure()));
        afterCommit.once(rejection, () -> metrics.counter(
                        "slipway.run.rejected", "reason", rejection.reason().name(), "door", door.name())
                .increment());
        LOG.infof(
                "A request was rejected; target=%s requestId=%s reason=%s",
                request.target(), envelope.id(), rejection.reason());
    }

    private static Rejection conflict(Envelope envelope, @Nullable RunId run) {
        return Rejection.of(
                Reason.KEY_CONFLICT,
                "The key '%s' of source '%s' was used for a request with other content%s."
                        .formatted(envelope.id(), envelope.source(), run == null ? "" : ", which is run " + run),
                "Use a new key for a new request; repeat a request with the content that it had.");
    }
}
