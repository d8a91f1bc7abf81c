package io.slipway.eventing.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the relay's cycles: at once when woken by a commit after a quiet time, together for commits in quick succession,
 * else now and then, with longer pauses while it fails.
 */
@ApplicationScoped
class RelayThread {
    private static final Logger LOG = Logger.getLogger(RelayThread.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final OutboxRelay relay;
    private final RecordPublisher publisher;
    private final OutboxConfig config;
    private final MeterRegistry metrics;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "slipway-outbox-relay");
    private long cycleStarted = System.nanoTime();
    private volatile boolean stopping;
    private volatile @Nullable Instant failingSince;

    RelayThread(OutboxRelay relay, RecordPublisher publisher, OutboxConfig config, MeterRegistry metrics) {
        this.relay = relay;
        this.publisher = publisher;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    /** A cycle in progress may finish, so that what it sent is also deleted. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        if (!thread.join(Duration.ofSeconds(3))) {
            thread.interrupt();
            thread.join(Duration.ofSeconds(2));
        }
    }

    void wake() {
        wakeUps.release();
    }

    /** Since when no cycle has succeeded, or nothing while all is well. */
    @Nullable
    Instant failingSince() {
        return failingSince;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!stopping) {
                gather();
                if (tryCycle()) {
                    pause = FIRST_PAUSE;
                } else {
                    await(pause);
                    pause = shorter(pause.multipliedBy(2), config.longestPause());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            publisher.close();
        }
    }

    /** Leaves the wake-ups alone: the cycle that follows is for them. */
    private void gather() throws InterruptedException {
        Duration early = config.gatherInterval().minusNanos(System.nanoTime() - cycleStarted);
        if (early.isPositive()) {
            Thread.sleep(early);
        }
        cycleStarted = System.nanoTime();
    }

    private boolean tryCycle() throws InterruptedException {
        try {
            OutboxRelay.Outcome outcome = relay.cycle();
            count(outcome.name());
            if (failingSince != null) {
                LOG.info("The outbox relay works again");
                failingSince = null;
            }
            switch (outcome) {
                case PUBLISHED -> {} // perhaps there is more
                case EMPTY -> await(config.pollInterval());
                case NOT_LEADER -> await(config.contendedInterval());
            }
            return true;
        } catch (RuntimeException e) {
            count("FAILED");
            if (failingSince == null) {
                failingSince = Instant.now();
                LOG.warn("The outbox relay could not publish; it keeps what it has and tries again", e);
            }
            return false;
        }
    }

    private void await(Duration atMost) throws InterruptedException {
        if (wakeUps.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            wakeUps.drainPermits();
        }
    }

    private void count(String outcome) {
        metrics.counter("slipway.outbox.relay", "outcome", outcome).increment();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
