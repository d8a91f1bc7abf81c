package io.slipway.planner.policy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks at the policy file now and then. By time and not by events of the file system, which network shares do not send. */
@ApplicationScoped
class PolicyWatch {
    private static final Logger LOG = Logger.getLogger(PolicyWatch.class);

    private final PolicyInForce policy;
    private final PolicyConfig config;
    private final MeterRegistry metrics;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("slipway-policy-watch").factory());

    PolicyWatch(PolicyInForce policy, PolicyConfig config, MeterRegistry metrics) {
        this.policy = policy;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder(
                        "slipway.policy.broken",
                        policy,
                        watched -> watched.problems().isEmpty() ? 0 : 1)
                .description("1 while the policy file cannot be used and an older version stays in force")
                .register(metrics);
        if (policy.file().isPresent()) {
            long every = config.lookEvery().toMillis();
            timer.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void look() {
        try {
            metrics.counter(
                            "slipway.policy.looked",
                            "outcome",
                            policy.look(Instant.now()).name())
                    .increment();
        } catch (RuntimeException e) {
            // The timer would never run again, and nobody would know.
            LOG.error("A look at the policy file failed; the next one follows", e);
        }
    }
}
