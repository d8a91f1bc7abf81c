package io.slipway.executor.order;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Some orders, with facts worked into them in memory; says what has become of them, for each to be written once. */
public final class OrderBook {
    /** As the database sorts them, so that whoever writes several does it in one order. */
    private static final Comparator<RunId> BY_ID = Comparator.comparing(RunId::toString);

    private final Map<RunId, Order> stored = new HashMap<>();
    private final SortedMap<RunId, Order> orders = new TreeMap<>(BY_ID);
    private final SortedMap<RunId, Accepted> planned = new TreeMap<>(BY_ID);
    private final SequencedSet<RunId> readied = new LinkedHashSet<>();
    private final SequencedSet<RunId> ended = new LinkedHashSet<>();

    /**
     * @param stored of all runs that facts will be told of, those that there are
     */
    public OrderBook(Collection<Order> stored) {
        stored.forEach(order -> this.stored.put(order.subject().runId(), order));
        orders.putAll(this.stored);
    }

    /** A plan that came and is to be stored with its order. */
    private record Accepted(Plan plan, @Nullable MigrationVersion toVersion) {}

    /** The order of a run as the facts so far have it. */
    public Optional<Order> order(RunId run) {
        return Optional.ofNullable(orders.get(run));
    }

    /** Works the next fact in; false when it does not fit the order that the run has. */
    public boolean tell(RunFact fact) {
        if (fact instanceof MigrationPlanned told) {
            plan(told, told.plan(), null, told.dryRun());
        } else if (fact instanceof RollbackPlanned told) {
            plan(told, told.plan(), told.toVersion(), told.dryRun());
        } else if (fact instanceof RunEnded) {
            end(fact.runId());
        } else {
            Order order = orders.get(fact.runId());
            return order == null || advance(order, fact);
        }
        return true;
    }

    /** A newer plan of the same run replaces one that has not been released. */
    private void plan(RunFact fact, Plan plan, @Nullable MigrationVersion toVersion, boolean dryRun) {
        RunId run = fact.runId();
        Order before = orders.get(run);
        if (!dryRun && (before == null || before instanceof Order.Planned || before instanceof Order.Validated)) {
            var subject = new Order.Subject(run, fact.target(), plan.kind(), plan.digest());
            orders.put(run, new Order.Planned(subject));
            planned.put(run, new Accepted(plan, toVersion));
        }
    }

    private void end(RunId run) {
        orders.remove(run);
        planned.remove(run);
        readied.remove(run);
        ended.add(run);
    }

    private boolean advance(Order order, RunFact fact) {
        Optional<Order> next = OrderRules.after(order, fact);
        next.ifPresent(moved -> {
            orders.put(fact.runId(), moved);
            if (moved instanceof Order.Ready) {
                readied.add(fact.runId());
            }
        });
        return next.isPresent();
    }

    /** Orders whose plan is to be stored, new or instead of another. */
    List<OrderStore.Content> planned() {
        return planned.entrySet().stream()
                .map(entry -> new OrderStore.Content(
                        Objects.requireNonNull(orders.get(entry.getKey())),
                        entry.getValue().plan(),
                        entry.getValue().toVersion()))
                .toList();
    }

    /** Other orders that are no longer in their stored state. */
    List<Order> moved() {
        return orders.entrySet().stream()
                .filter(entry -> !planned.containsKey(entry.getKey()))
                .filter(entry -> !entry.getValue().equals(stored.get(entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Runs whose stored order there is no longer. */
    List<RunId> removed() {
        return stored.keySet().stream().filter(run -> !orders.containsKey(run)).toList();
    }

    /** Orders that have become ready, or that are and were asked to stop; in the order in which that came about. */
    public List<Order.Ready> ready() {
        return readied.stream()
                .map(orders::get)
                .filter(Order.Ready.class::isInstance)
                .map(Order.Ready.class::cast)
                .toList();
    }

    /** Runs that have ended, known or not. */
    public Collection<RunId> ended() {
        return ended;
    }
}
