package io.slipway.executor.execution;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.DecodedEvent.Known;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.eventing.inbox.Channels;
import io.slipway.eventing.inbox.Inbox;
import io.slipway.eventing.inbox.PollWork;
import io.slipway.eventing.inbox.Polls;
import io.slipway.eventing.trace.LogContext;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderBook;
import io.slipway.executor.order.OrderStore;
import io.slipway.executor.slot.Slots;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the facts about each run and hands it over once it may be executed: what a poll brings in one transaction. */
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

    private final Polls polls;
    private final Inbox inbox;
    private final OrderStore orders;
    private final Slots slots;
    private final ExecuteTask execute;

    OrderListener(Polls polls, Inbox inbox, OrderStore orders, Slots slots, ExecuteTask execute) {
        this.polls = polls;
        this.inbox = inbox;
        this.orders = orders;
        this.slots = slots;
        this.execute = execute;
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    CompletionStage<Void> on(KafkaRecordBatch<String, byte[]> batch) {
        return polls.take(batch, work());
    }

    PollWork<Known> work() {
        return inbox.work(INTEREST, this::follow);
    }

    /** Locks all orders, then all slots, each in one order; {@link ExecuteTask} holds one of each, taken in that order too. */
    private void follow(List<Known> facts) {
        Map<RunId, @Nullable String> traces = new HashMap<>();
        facts.forEach(known -> traces.put(run(known), known.envelope().traceparent()));
        OrderBook book = new OrderBook(orders.lock(traces.keySet()));
        for (Known known : facts) {
            if (!book.tell((RunFact) known.event())) {
                book.order(run(known)).ifPresent(order -> passedOver(known, order));
            }
        }
        orders.write(book);
        execute.schedule(due(book), traces);
    }

    private static RunId run(Known known) {
        return ((RunFact) known.event()).runId();
    }

    private static void passedOver(Known known, Order order) {
        try (LogContext keys = LogContext.of(known.envelope(), known.event())) {
            LOG.warnf(
                    "Passed over a fact that does not fit the run: runId=%s state=%s eventType=%s",
                    order.subject().runId(),
                    order.getClass().getSimpleName(),
                    known.event().getClass().getSimpleName());
        }
    }

    /** A run that is asked to stop before it began ends without its target, and need not wait for a slot. */
    private List<RunId> due(OrderBook book) {
        SequencedMap<RunId, TargetId> entering = new LinkedHashMap<>();
        List<RunId> due = new ArrayList<>();
        for (Order.Ready ready : book.ready()) {
            Order.Subject run = ready.subject();
            if (ready.stop() == null) {
                entering.put(run.runId(), run.target());
            } else {
                due.add(run.runId());
            }
        }
        due.addAll(slots.change(book.ended(), entering));
        return due;
    }
}
