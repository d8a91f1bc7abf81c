package io.slipway.planner.run;

import io.slipway.contracts.RunId;
import io.slipway.planner.gate.ApprovalStore;
import io.slipway.planner.gate.Candidate;
import io.slipway.planner.gate.Gate;
import io.slipway.planner.gate.GatePolicy;
import io.slipway.planner.policy.PolicyInForce;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Looks at the gates for a run, with the policy and the approvals of this moment. */
@ApplicationScoped
class Gates {
    private final RunStore store;
    private final ApprovalStore approvals;
    private final PolicyInForce policy;
    private final Clock clock;

    Gates(RunStore store, ApprovalStore approvals, PolicyInForce policy, Clock clock) {
        this.store = store;
        this.approvals = approvals;
        this.policy = policy;
        this.clock = clock;
    }

    /** Empty when the run is gone or has no verdict. */
    Optional<Gate> look(RunId run) {
        return store.validated(run).map(validated -> {
            Ticket ticket = validated.ticket();
            Candidate candidate = new Candidate(
                    ticket.kind(),
                    validated.plan(),
                    validated.verdict(),
                    ticket.requestedBy(),
                    ticket.force(),
                    validated.estimate(),
                    approvals.of(run));
            return GatePolicy.decide(candidate, policy.of(ticket.target()), clock.instant());
        });
    }
}
