package io.slipway.planner.run;

import io.slipway.contracts.Derivation;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.planner.gate.ApprovalStore;
import io.slipway.planner.gate.Candidate;
import io.slipway.planner.gate.Gate;
import io.slipway.planner.gate.GatePolicy;
import io.slipway.planner.gate.WayBack;
import io.slipway.planner.policy.PolicyInForce;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
                    ticket.asker(),
                    ticket.force(),
                    validated.estimate(),
                    wayBack(validated),
                    approvals.of(run));
            return GatePolicy.decide(candidate, policy.of(ticket.target()), clock.instant());
        });
    }

    /** What a rollback is made of. */
    WayBack wayBack(Validated validated) {
        List<Derivation> derived = validated.scripts().stream()
                .map(PlanSummary.Script::derived)
                .flatMap(Stream::ofNullable)
                .toList();
        RunId failed = validated.ticket().failedRun();
        return new WayBack(
                derived, failed != null && foreseen(validated.ticket().id(), failed));
    }

    private boolean foreseen(RunId run, RunId failed) {
        Optional<Plan> way = store.plan(run);
        Optional<Plan> taken = store.plan(failed);
        return way.isPresent() && taken.isPresent() && ForeseenRules.foreseen(way.get(), taken.get());
    }
}
