package io.slipway.executor.stop;

import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the runs under way here are to stop. One question serves all of them, so that many small runs do not ask as many
 * times. Reads the orders anew, so that a stop counts whichever process heard it.
 */
@ApplicationScoped
public class Stops {
    /**
     * What was read is good for so long. An order to stop may come so much later over Kafka as well; and a plan of a
     * thousand small scripts need not ask a thousand times.
     */
    private static final long FRESH_NANOS = Duration.ofMillis(50).toNanos();

    /** Whoever has not asked for so long has ended, or is at a statement that takes long. */
    private static final long INTEREST_NANOS = Duration.ofSeconds(1).toNanos();

    private final OrderStore orders;
    private final Map<RunId, Long> interested = new HashMap<>();
    private Answer answer = new Answer(Set.of(), Map.of(), null, 0);

    public Stops(OrderStore orders) {
        this.orders = orders;
    }

    /** @param lost why there is none */
    private record Answer(
            Set<RunId> runs,
            Map<RunId, Order.Stop> stops,
            @Nullable Lost lost,
            long nanos) {
        boolean holds(RunId run, long now) {
            return runs.contains(run) && now - nanos < FRESH_NANOS;
        }
    }

    /**
     * Who asked a run to stop, as it was up to 50 ms ago.
     *
     * @throws Lost when that cannot be read
     */
    public Optional<Order.Stop> lately(RunId run) {
        Answer latest = answer(run);
        if (latest.lost() != null) {
            throw new Lost("Whether run " + run + " is to stop cannot be read", latest.lost());
        }
        return Optional.ofNullable(latest.stops().get(run));
    }

    /**
     * Who has asked a run to stop until now.
     *
     * @throws Lost when that cannot be read
     */
    public Optional<Order.Stop> now(RunId run) {
        return Optional.ofNullable(orders.stops(Set.of(run)).get(run));
    }

    /** Whoever waits for another's question takes its answer, also when there was none. */
    private synchronized Answer answer(RunId run) {
        long now = System.nanoTime();
        interested.put(run, now);
        if (!answer.holds(run, now)) {
            interested.values().removeIf(asked -> now - asked > INTEREST_NANOS);
            answer = ask(Set.copyOf(interested.keySet()));
        }
        return answer;
    }

    private Answer ask(Set<RunId> runs) {
        try {
            return new Answer(runs, orders.stops(runs), null, System.nanoTime());
        } catch (Lost e) {
            return new Answer(runs, Map.of(), e, System.nanoTime());
        }
    }
}
