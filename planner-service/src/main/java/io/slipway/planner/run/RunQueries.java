package io.slipway.planner.run;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.planner.PlannerConfig;
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
        Optional<Following> place = atMost.isZero() ? Optional.empty() : follow(id);
        if (place.isEmpty()) {
            return find(id);
        }
        try (Following following = place.get()) {
            return following.await(known, atMost.compareTo(config.maxWait()) <= 0 ? atMost : config.maxWait());
        }
    }

    /** A place among those who wait; absent when as many wait as may. */
    public Optional<Following> follow(RunId id) {
        return watch.open() >= config.maxWaiting()
                ? Optional.empty()
                : Optional.of(new Following(id, store, watch, config.lookEvery()));
    }
}
