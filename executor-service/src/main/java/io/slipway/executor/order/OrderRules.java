package io.slipway.executor.order;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationPassed;
import java.util.Optional;

/** Which fact moves which order on. Every fact must name the digest of the order's own plan, or it does not count. */
public final class OrderRules {
    private OrderRules() {}

    /** The order after the fact; empty when the fact does not move it. */
    public static Optional<Order> after(Order order, RunFact fact) {
        PlanDigest plan = order.subject().plan();
        if (fact instanceof StopOrdered stop) {
            return stop.plan().equals(plan) ? halted(order, stop) : Optional.empty();
        }
        return switch (order) {
            case Order.Planned planned ->
                fact instanceof ValidationPassed passed && passed.plan().equals(plan)
                        ? Optional.of(planned.validate())
                        : Optional.empty();
            case Order.Validated validated ->
                fact instanceof RunReleased released && released.plan().equals(plan)
                        ? Optional.of(validated.release())
                        : Optional.empty();
            case Order.Released released -> backedUp(fact, plan) ? Optional.of(released.ready()) : Optional.empty();
            case Order.Ready ready -> Optional.empty();
            case Order.Running running -> Optional.empty();
        };
    }

    /** The first who asks is named at the end; a second one changes nothing, unless he cannot wait. */
    private static Optional<Order> halted(Order order, StopOrdered ordered) {
        Order.Stop before = order.stop();
        if (before != null && (before.now() || !ordered.now())) {
            return Optional.empty();
        }
        var stop = new Order.Stop(ordered.requestedBy(), ordered.reason(), ordered.now());
        return switch (order) {
            case Order.Planned planned -> Optional.empty();
            case Order.Validated validated -> Optional.empty();
            case Order.Released released -> Optional.of(released.halt(stop));
            case Order.Ready ready -> Optional.of(ready.halt(stop));
            case Order.Running running -> Optional.of(running.halt(stop));
        };
    }

    private static boolean backedUp(RunFact fact, PlanDigest plan) {
        return (fact instanceof BackupCompleted completed && completed.plan().equals(plan))
                || (fact instanceof BackupSkipped skipped && skipped.plan().equals(plan));
    }
}
