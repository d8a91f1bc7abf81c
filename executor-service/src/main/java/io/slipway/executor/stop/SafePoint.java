package io.slipway.executor.stop;

import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderStore;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The places of one execution where it may end early. Reads the order anew at each, so that a stop counts whichever
 * process heard it. Not thread-safe: it belongs to the thread that executes.
 */
public final class SafePoint {
    private final OrderStore orders;
    private final RunId run;
    private Order.@Nullable Stop stop;

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
        stop = orders.stop(run).orElse(null);
        if (stop != null) {
            throw new FlywayException("The run was asked to stop before its next script.");
        }
    }

    /** The stop that ended the execution; empty when it came to its end, or to another one. */
    public Optional<Order.Stop> stop() {
        return Optional.ofNullable(stop);
    }
}
