package io.slipway.planner.run;

import io.slipway.contracts.RunId;
import java.time.Duration;
import java.util.Optional;

/** One caller's place among those who wait for a run to change; to be closed. */
public final class Following implements AutoCloseable {
    private final RunId id;
    private final RunViewStore store;
    private final RunWatch.Watch changes;
    private final Duration lookEvery;

    Following(RunId id, RunViewStore store, RunWatch watch, Duration lookEvery) {
        this.id = id;
        this.store = store;
        this.changes = watch.on(id);
        this.lookEvery = lookEvery;
    }

    /**
     * The run once its revision is above the known one, it has ended, or the time is over; not in a transaction.
     *
     * @return empty when there is no such run
     */
    public Optional<RunView> await(int known, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<RunView> run = store.find(id);
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (run.isEmpty()
                    || run.get().revision() > known
                    || run.get().state().ended()
                    || left.isNegative()) {
                return run;
            }
            changes.await(left.compareTo(lookEvery) <= 0 ? left : lookEvery);
        }
    }

    @Override
    public void close() {
        changes.close();
    }
}
