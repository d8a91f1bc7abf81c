package io.slipway.executor.watch;

import io.slipway.contracts.Blocker;
import io.slipway.executor.lock.BlockerStore;
import io.slipway.executor.lock.LockWait;
import io.slipway.executor.lock.LocksConfig;
import io.slipway.executor.progress.Activity;
import io.slipway.executor.progress.Progress;
import io.slipway.executor.stop.StopNow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Watches one execution until it is closed. It borrows a connection for each look only, so that it never keeps the
 * execution from having one; where it cannot have one itself, the execution goes on unseen.
 */
public final class Watch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Watch.class);

    /** Statements that are faster are not looked at. */
    private static final Duration FAST = Duration.ofMillis(100);

    private static final Duration SLOWEST = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So many sessions are ended for one execution: whoever comes back each time is not helped by more of it. */
    private static final int MOST_CANCELLED = 10;

    private static final String NOT_ALLOWED = "42501";

    private final DataSource target;
    private final Progress progress;
    private final LockWait locks;
    private final StopNow stopNow;
    private final LocksConfig config;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private int cancelled;

    private Watch(DataSource target, Progress progress, LockWait locks, StopNow stopNow, LocksConfig config) {
        this.target = target;
        this.progress = progress;
        this.locks = locks;
        this.stopNow = stopNow;
        this.config = config;
        this.thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::watch);
    }

    /** Begins to watch, in a thread of its own. */
    public static Watch over(
            DataSource target, Progress progress, LockWait locks, StopNow stopNow, LocksConfig config) {
        var watch = new Watch(target, progress, locks, stopNow, config);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (!closed.await(interval().toMillis(), TimeUnit.MILLISECONDS)) {
                progress.position().ifPresent(at -> stopNow.look(target, at.session()));
                cycle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The watch over an execution ended; the execution goes on unseen.", e);
        }
    }

    /** Twice in each attempt, so that the sessions in the way are seen before it steps aside. */
    private Duration interval() {
        Duration half = locks.timeout().dividedBy(2);
        Duration interval = half.compareTo(SLOWEST) < 0 ? half : SLOWEST;
        return interval.compareTo(FAST) < 0 ? FAST : interval;
    }

    /** Looks until someone is seen in the way of an attempt, from then on only when a report is due. */
    private void cycle() {
        // Flyway's own lock is waited for before the first script as well.
        Progress.Position at = progress.position()
                .or(() -> locks.waiting().map(_ -> progress.beginning()))
                .orElse(null);
        boolean due = progress.due();
        if (at == null || !due && locks.seen()) {
            return;
        }
        boolean fast = System.nanoTime() - at.sinceNanos() < FAST.toNanos();
        int before = cancelled;
        Activity activity = fast ? Activity.UNKNOWN : look(at, due);
        if (due || cancelled > before) {
            progress.report(at, activity);
        }
    }

    private Activity look(Progress.Position at, boolean due) {
        Activity working = Activity.UNKNOWN;
        try (Connection connection = target.getConnection()) {
            BlockerStore.Sight sight = BlockerStore.look(connection, at.session());
            if (sight.waiting()) {
                locks.blocked(marked(sight.blockers(), cancel(connection, at.session())));
            } else {
                locks.free();
            }
            working = due ? ActivityStore.look(connection, at.session()) : working;
        } catch (SQLException e) {
            LOG.debugf(
                    e,
                    "The session of an execution could not be looked at: script=%s",
                    at.script().name());
        }
        Activity seen = working;
        return locks.waiting()
                .map(now -> seen.waiting(now.attempt(), now.waited(), now.blockers()))
                .orElse(seen);
    }

    private Set<Integer> cancel(Connection connection, int session) throws SQLException {
        if (cancelled >= MOST_CANCELLED) {
            return Set.of();
        }
        try {
            var ended = BlockerStore.cancel(connection, session, config.cancelBlockers(), config.cancelIdleAfter());
            cancelled += ended.size();
            return ended;
        } catch (SQLException e) {
            if (!NOT_ALLOWED.equals(e.getSQLState())) {
                throw e;
            }
            cancelled = MOST_CANCELLED;
            LOG.warnf("Sessions in the way cannot be ended, the target's role may not: %s", e.getMessage());
            return Set.of();
        }
    }

    private static List<Blocker> marked(List<Blocker> blockers, Set<Integer> ended) {
        return blockers.stream()
                .map(blocker -> ended.contains(blocker.pid()) ? blocker.ended() : blocker)
                .toList();
    }

    /** Nothing is reported afterwards, unless the control plane does not answer within ten seconds. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!thread.join(PATIENCE)) {
                LOG.warn("The watch over an execution does not end: the control plane or the target does not answer.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
