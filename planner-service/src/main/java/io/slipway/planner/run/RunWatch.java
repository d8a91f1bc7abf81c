package io.slipway.planner.run;

import io.slipway.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Wakes callers of this instance that wait for a run to change. */
@ApplicationScoped
public class RunWatch {
    private final Map<RunId, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Begin to watch before looking at the run, so that no change falls in between. */
    Watch on(RunId id) {
        Watch watch = new Watch(id);
        watches.compute(id, (key, set) -> {
            Set<Watch> all = set == null ? ConcurrentHashMap.newKeySet() : set;
            all.add(watch);
            return all;
        });
        open.incrementAndGet();
        return watch;
    }

    void changed(RunId id) {
        watches.getOrDefault(id, Set.of()).forEach(watch -> watch.changes.release());
    }

    int open() {
        return open.get();
    }

    /** One caller's view on one run; to be closed. */
    final class Watch implements AutoCloseable {
        private final RunId id;
        private final Semaphore changes = new Semaphore(0);

        private Watch(RunId id) {
            this.id = id;
        }

        /** Returns after a change since the last call, or when the time is over. */
        void await(Duration atMost) throws InterruptedException {
            if (changes.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
        }

        @Override
        public void close() {
            open.decrementAndGet();
            watches.computeIfPresent(id, (key, set) -> {
                set.remove(this);
                return set.isEmpty() ? null : set;
            });
        }
    }
}
