package io.slipway.executor.stop;

import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderStore;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The places of one execution where it may end early. Reads the order anew, so that a stop counts whichever process heard
 * it. Not thread-safe: it belongs to the thread that executes.
 */
public final class SafePoint {
    /**
     * What was read is good for so long. An order to stop may come so much later over Kafka as well; and a plan of a
     * thousand small scripts need not ask a thousand times.
     */
    private static final long FRESH_NANOS = Duration.ofMillis(50).toNanos();

    private final OrderStore orders;
    private final RunId run;
    private Order.@Nullable Stop stop;
    private @Nullable Long readNanos;

    public SafePoint(OrderStore orders, RunId run) {
        this.orders = orders;
        this.run = run;
    }

    /**
     * Passes on to the next script.
     *
     * @throws FlywayException when the run is to stop here: Flyway's callbacks know no other way to end a migration
     * @throws Lost when that cannot be read; going on might pass over a stop that was heard
     */
    public void pass() {
        if (stop == null && fresh()) {
            return;
        }
        stop = orders.stop(run).orElse(null);
        readNanos = System.nanoTime();
        if (stop != null) {
            throw new FlywayException("The run was asked to stop before its next script.");
        }
    }

    private boolean fresh() {
        Long read = readNanos;
        return read != null && System.nanoTime() - read < FRESH_NANOS;
    }

    /**
     * The stop that ended the execution; empty when it came to its end, or to another one.
     *
     * @param cancelled whether its statement was cancelled, which is what happens when someone asked to stop at once
     * @throws Lost when it cannot be read who did
     */
    public Optional<Order.Stop> stop(boolean cancelled) {
        return stop != null || !cancelled
                ? Optional.ofNullable(stop)
                : orders.stop(run).filter(Order.Stop::now);
    }
}
