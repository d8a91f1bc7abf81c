package io.slipway.planner.run;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.Failure;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.eventing.task.DurableTask;
import io.slipway.planner.plan.PlanOutcome;
import io.slipway.planner.plan.Planning;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Makes the plan of one run. */
@ApplicationScoped
class PlanTask implements DurableTask {
    private final RunStore store;
    private final Runs runs;
    private final Planning planning;

    PlanTask(RunStore store, Runs runs, Planning planning) {
        this.store = store;
        this.runs = runs;
        this.planning = planning;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public void run(String id) throws Exception {
        TaskKey key = TaskKey.parse(id);
        Optional<Request> request = store.requestToPlan(key);
        if (request.isPresent()) {
            Signal signal = signal(key, planning.plan(key.run(), request.get()));
            QuarkusTransaction.requiringNew().run(() -> runs.signal(key.run(), signal));
        }
    }

    @Override
    public void giveUp(String id, Exception last) {
        TaskKey key = TaskKey.parse(id);
        Failure failure = Failure.of(
                "PLANNING_FAILED",
                "No plan could be made after several attempts: " + last.getMessage(),
                "Look for this run in the planner's log, then send a new request.");
        runs.signal(key.run(), new Signal.Stopped(key.round(), Cause.PLAN_REFUSED, failure));
    }

    private static Signal signal(TaskKey key, PlanOutcome outcome) {
        return switch (outcome) {
            case PlanOutcome.Planned made ->
                new Signal.PlanMade(key.round(), made.plan(), made.toVersion(), made.estimate());
            case PlanOutcome.NothingPending nothing -> new Signal.NothingPending(key.round(), nothing.current());
            case PlanOutcome.Refused refused -> new Signal.Stopped(key.round(), Cause.PLAN_REFUSED, refused.failure());
            case PlanOutcome.Unreachable unreachable ->
                new Signal.Stopped(key.round(), Cause.TARGET_UNREACHABLE, unreachable.failure());
        };
    }
}
