package io.slipway.planner.run;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.planner.PlannerConfig;
import io.slipway.planner.run.RunWatch.Watch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers questions about runs. */
@ApplicationScoped
public class RunQueries {
    private final RunViewStore store;
    private final RunWatch watch;
    private final PlannerConfig.LongPoll config;

    RunQueries(RunViewStore store, RunWatch watch, PlannerConfig config) {
        this.store = store;
        this.watch = watch;
        this.config = config.longPoll();
    }

    public Optional<RunView> find(RunId id) {
        return store.find(id);
    }

    /** The newest first. */
    public List<RunView> latest(@Nullable TargetId target, int limit) {
        return store.latest(target, limit);
    }

    /**
     * Waits until the run's revision is above the known one or nothing more will change; not in a transaction.
     *
     * @param atMost cut to the bound of the configuration
     */
    public Optional<RunView> await(RunId id, int known, Duration atMost) throws InterruptedException {
        if (atMost.isZero() || watch.open() >= config.maxWaiting()) {
            return find(id);
        }
        long deadline = System.nanoTime() + min(atMost, config.maxWait()).toNanos();
        try (Watch changes = watch.on(id)) {
            while (true) {
                Optional<RunView> run = find(id);
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (run.isEmpty()
                        || run.get().revision() > known
                        || run.get().state().ended()
                        || left.isNegative()) {
                    return run;
                }
                changes.await(min(left, config.lookEvery()));
            }
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
