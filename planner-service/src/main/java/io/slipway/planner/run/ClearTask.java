package io.slipway.planner.run;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.eventing.task.DurableTask;
import io.slipway.planner.PlannerConfig;
import io.slipway.planner.gate.Gate;
import io.slipway.planner.plan.Clearance;
import io.slipway.planner.plan.Planning;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Looks whether a validated run may go, and right before that whether its target is still as planned. */
@ApplicationScoped
class ClearTask implements DurableTask {
    private final RunStore store;
    private final Runs runs;
    private final Gates gates;
    private final Planning planning;
    private final PlannerConfig config;

    ClearTask(RunStore store, Runs runs, Gates gates, Planning planning, PlannerConfig config) {
        this.store = store;
        this.runs = runs;
        this.gates = gates;
        this.planning = planning;
        this.config = config;
    }

    @Override
    public String name() {
        return "release";
    }

    @Override
    public void run(String id) throws Exception {
        TaskKey key = TaskKey.parse(id);
        Optional<TargetId> target = store.targetOf(key.run());
        Optional<Plan> plan = store.plan(key.run());
        if (target.isPresent() && plan.isPresent()) {
            Optional<Gate> gate = gates.look(key.run());
            if (gate.isEmpty()) {
                return;
            }
            Signal signal =
                    switch (gate.get()) {
                        case Gate.Shut(Hold hold) -> new Signal.MustWait(key.round(), hold);
                        case Gate.Refused(Failure failure) ->
                            new Signal.Stopped(key.round(), Cause.PLAN_REFUSED, failure);
                        case Gate.Open open -> signal(key, open, planning.clear(target.get(), plan.get()));
                    };
            QuarkusTransaction.requiringNew().run(() -> runs.signal(key.run(), signal));
        }
    }

    @Override
    public void giveUp(String id, Exception last) {
        TaskKey key = TaskKey.parse(id);
        Failure failure = Failure.of(
                "RELEASE_FAILED",
                "The target could not be compared with the plan after several attempts: " + last.getMessage(),
                "Look for this run in the planner's log, then send a new request.");
        runs.signal(key.run(), new Signal.Stopped(key.round(), Cause.PLAN_REFUSED, failure));
    }

    private Signal signal(TaskKey key, Gate.Open gate, Clearance clearance) {
        return switch (clearance) {
            case Clearance.AsPlanned _ -> new Signal.StillAsPlanned(key.round(), gate);
            // Round 1 is the first plan; each replan adds one.
            case Clearance.Moved _ -> new Signal.TargetMoved(key.round(), key.round() <= config.maxReplans());
            case Clearance.Refused refused -> new Signal.Stopped(key.round(), Cause.PLAN_REFUSED, refused.failure());
            case Clearance.Unreachable unreachable ->
                new Signal.Stopped(key.round(), Cause.TARGET_UNREACHABLE, unreachable.failure());
        };
    }
}
