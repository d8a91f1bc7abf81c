package io.slipway.planner.run;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.eventing.AfterCommit;
import io.slipway.planner.gate.Approval;
import io.slipway.planner.gate.ApprovalRules;
import io.slipway.planner.gate.ApprovalStore;
import io.slipway.planner.gate.WayBack;
import io.slipway.planner.policy.PolicyInForce;
import io.slipway.policy.TargetPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Takes approvals of plans in. */
@ApplicationScoped
public class Approvals {
    private final RunStore store;
    private final DueRunStore due;
    private final ApprovalStore approvals;
    private final Gates gates;
    private final PolicyInForce policy;
    private final Clock clock;
    private final RunWatch watch;
    private final AfterCommit afterCommit;

    Approvals(
            RunStore store,
            DueRunStore due,
            ApprovalStore approvals,
            Gates gates,
            PolicyInForce policy,
            Clock clock,
            RunWatch watch,
            AfterCommit afterCommit) {
        this.store = store;
        this.due = due;
        this.approvals = approvals;
        this.gates = gates;
        this.policy = policy;
        this.clock = clock;
        this.watch = watch;
        this.afterCommit = afterCommit;
    }

    /** Takes someone's approval down if it can count; in the caller's transaction. */
    public Consent approve(ApprovalGiven request) {
        store.lock(request.target());
        Optional<Run> found =
                store.lock(request.runId()).filter(run -> run.ticket().target().equals(request.target()));
        if (found.isEmpty()) {
            return new Consent.UnknownRun();
        }
        TargetPolicy rules = policy.of(request.target());
        WayBack wayBack = store.validated(request.runId()).map(gates::wayBack).orElse(WayBack.ASKED);
        Consent consent = consent(found.get(), request, rules, wayBack);
        if (consent instanceof Consent.Counted) {
            Approval approval = new Approval(request.plan(), request.requestedBy(), clock.instant());
            approvals.add(request.runId(), approval, request.reason());
            due.lookAt(request.runId(), clock.instant());
            afterCommit.once(request, () -> watch.changed(request.runId()));
        }
        return consent;
    }

    private static Consent consent(Run run, ApprovalGiven request, TargetPolicy rules, WayBack wayBack) {
        Optional<PlanDigest> plan =
                switch (run) {
                    case Run.Validating validating -> Optional.of(validating.plan());
                    case Run.AtGate atGate -> Optional.of(atGate.plan());
                    case Run.Queued _, Run.Planning _, Run.UnderWay _, Run.Ended _ -> Optional.empty();
                };
        if (plan.isEmpty() || !ApprovalRules.awaited(rules, wayBack)) {
            return new Consent.NotAwaited(run.state());
        }
        if (!plan.get().equals(request.plan())) {
            return new Consent.OtherPlan(plan.get());
        }
        if (ApprovalRules.own(request.requestedBy(), run.ticket().asker())) {
            return new Consent.OwnRequest();
        }
        return ApprovalRules.entitled(request.requestedBy(), rules, wayBack)
                ? new Consent.Counted(run.state())
                : new Consent.NotEntitled();
    }
}
