package io.slipway.planner.intake;

import io.slipway.contracts.Revision;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.planner.policy.PolicyInForce;
import io.slipway.planner.run.HalfFailed;
import io.slipway.planner.run.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Set;

/**
 * Asks to take back what has failed half-way, where policy wants that. The key follows from the failed run, so that it is
 * asked once; what stands in the way ends the rollback like any other and is told by its events.
 */
@ApplicationScoped
class OwnRollbacks {
    /** Nobody else's requests may have it. */
    static final String SOURCE = "/slipway/planner/rollback-on-failure";

    /** Who stopped a run is at the wheel; of a script that was cut off nobody knows what there is to take back. */
    private static final Set<String> LEFT_TO_PEOPLE = Set.of("STOPPED", "OUTCOME_UNKNOWN");

    private static final String REQUESTED_BY = "slipway";

    private final Intake intake;
    private final PolicyInForce policy;
    private final Clock clock;

    OwnRollbacks(Intake intake, PolicyInForce policy, Clock clock) {
        this.intake = intake;
        this.policy = policy;
        this.clock = clock;
    }

    void on(@Observes HalfFailed half) {
        MigrationFailed fact = half.fact();
        if (policy.of(fact.target()).rollback().onFailure() && wanted(fact)) {
            RollbackRequested request = request(half);
            Ticket.Cause cause = new Ticket.Cause(fact.runId(), half.ticket().requestedBy());
            intake.takeOwn(envelope(fact.runId(), request), request, cause);
        }
    }

    private static boolean wanted(MigrationFailed fact) {
        return !LEFT_TO_PEOPLE.contains(fact.failure().code())
                && (fact.stateLeft() == StateLeft.PARTLY_APPLIED || fact.stateLeft() == StateLeft.INTERRUPTED);
    }

    private static RollbackRequested request(HalfFailed half) {
        RunId run = half.fact().runId();
        return new RollbackRequested(
                half.fact().target(),
                new Revision("before:" + run),
                null,
                half.settings(),
                false,
                false,
                REQUESTED_BY,
                "Run %s failed half-way (%s), and the policy of the target has 'rollback-on-failure'"
                        .formatted(run, half.fact().failure().code()),
                half.ticket().changeReference(),
                half.ticket().environment(),
                null,
                false);
    }

    private Envelope envelope(RunId run, RollbackRequested request) {
        return new Envelope("rollback-of-" + run, SOURCE, EventCodec.subjectOf(request), clock.instant(), null);
    }
}
