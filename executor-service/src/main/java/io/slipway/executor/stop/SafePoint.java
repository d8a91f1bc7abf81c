package io.slipway.executor.stop;

import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import io.slipway.executor.order.Order;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The places of one execution where it may end early. Not thread-safe: it belongs to the thread that executes. */
public final class SafePoint {
    private final Stops stops;
    private final RunId run;
    private Order.@Nullable Stop stop;

    public SafePoint(Stops stops, RunId run) {
        this.stops = stops;
        this.run = run;
    }

    /**
     * Passes on to the next script.
     *
     * @throws FlywayException when the run is to stop here: Flyway's callbacks know no other way to end a migration
     * @throws Lost when that cannot be read; going on might pass over a stop that was heard
     */
    public void pass() {
        stop = stops.lately(run).orElse(null);
        if (stop != null) {
            throw new FlywayException("The run was asked to stop before its next script.");
        }
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
                : stops.now(run).filter(Order.Stop::now);
    }
}
