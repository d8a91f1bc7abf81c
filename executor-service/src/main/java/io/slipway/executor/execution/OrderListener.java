package io.slipway.executor.execution;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.eventing.inbox.Channels;
import io.slipway.eventing.inbox.Inbox;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderRules;
import io.slipway.executor.order.OrderStore;
import io.slipway.executor.slot.Slots;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the facts about each run and hands it over once it may be executed. */
@ApplicationScoped
class OrderListener {
    private static final Logger LOG = Logger.getLogger(OrderListener.class);

    /** Not the ends that the executor itself says: each leaves in the transaction that removes its order. */
    private static final Set<Class<? extends MigrationEvent>> INTEREST = Set.of(
            MigrationPlanned.class,
            RollbackPlanned.class,
            ValidationPassed.class,
            RunReleased.class,
            StopOrdered.class,
            BackupCompleted.class,
            BackupSkipped.class,
            RunCancelled.class,
            DryRunCompleted.class);

    private final Inbox inbox;
    private final OrderStore orders;
    private final Slots slots;
    private final ExecuteTask execute;

    OrderListener(Inbox inbox, OrderStore orders, Slots slots, ExecuteTask execute) {
        this.inbox = inbox;
        this.orders = orders;
        this.slots = slots;
        this.execute = execute;
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.receive(record, INTEREST, this::handle);
    }

    private void handle(Envelope envelope, MigrationEvent event) {
        if (event instanceof MigrationPlanned planned) {
            take(planned, planned.plan(), null, planned.dryRun());
        } else if (event instanceof RollbackPlanned planned) {
            take(planned, planned.plan(), planned.toVersion(), planned.dryRun());
        } else if (event instanceof RunEnded ended) {
            orders.remove(ended.runId());
            execute.schedule(slots.leave(ended.runId()));
        } else if (event instanceof RunFact fact) {
            orders.lock(fact.runId()).ifPresent(order -> advance(order, fact));
        }
    }

    private void take(RunFact fact, Plan plan, @Nullable MigrationVersion toVersion, boolean dryRun) {
        if (!dryRun) {
            var subject = new Order.Subject(fact.runId(), fact.target(), plan.kind(), plan.digest());
            orders.put(new Order.Planned(subject), plan, toVersion);
        }
    }

    private void advance(Order order, RunFact fact) {
        OrderRules.after(order, fact)
                .ifPresentOrElse(
                        next -> {
                            orders.save(next);
                            if (next instanceof Order.Ready ready) {
                                execute.schedule(due(ready, fact));
                            }
                        },
                        () -> LOG.warnf(
                                "Passed over a fact that does not fit the run: runId=%s state=%s eventType=%s",
                                fact.runId(),
                                order.getClass().getSimpleName(),
                                fact.getClass().getSimpleName()));
    }

    /** A run that is asked to stop before it began ends without its target, and need not wait for a slot. */
    private List<RunId> due(Order.Ready ready, RunFact fact) {
        return ready.stop() == null ? slots.enter(fact.runId(), fact.target()) : List.of(fact.runId());
    }
}
