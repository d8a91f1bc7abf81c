package io.slipway.targets.health;

import io.slipway.targets.Targets;
import io.slipway.targets.pool.Reachability;
import io.slipway.targets.pool.TargetPools;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** {@code /q/health/group/targets}: each target with its server version, or with the reason it does not answer. */
@HealthGroup("targets")
@ApplicationScoped
public class TargetsHealth implements HealthCheck {
    /** Each probe waits at most for its connect timeout; this many at a time keep two hundred dead targets bearable. */
    private static final int AT_A_TIME = 32;

    private final Targets targets;
    private final TargetPools pools;

    @Inject
    public TargetsHealth(Targets targets, TargetPools pools) {
        this.targets = targets;
        this.pools = pools;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("targets").up();
        for (Reachability state : probeAll()) {
            switch (state) {
                case Reachability.Reachable reachable ->
                    response.withData(
                            reachable.target().name(),
                            "up, PostgreSQL " + reachable.serverVersion()
                                    + (reachable.inRecovery() ? ", in recovery" : ""));
                case Reachability.Unreachable unreachable ->
                    response.withData(
                                    unreachable.target().name(),
                                    unreachable.failure().code() + ": "
                                            + unreachable.failure().message())
                            .down();
            }
        }
        return response.build();
    }

    private List<Reachability> probeAll() {
        try (ExecutorService executor =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            return targets.names().stream().map(id -> executor.submit(() -> pools.probe(id))).toList().stream()
                    .map(TargetsHealth::await)
                    .toList();
        }
    }

    private static Reachability await(Future<Reachability> probe) {
        try {
            return probe.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the targets were asked.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A probe reports failures as a value, so this one is a bug.", e);
        }
    }
}
