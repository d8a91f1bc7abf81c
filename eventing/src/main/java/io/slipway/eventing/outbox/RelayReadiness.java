package io.slipway.eventing.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready once the relay has failed for longer than an ordinary hiccup: then facts pile up and runs stand still. */
@Readiness
@ApplicationScoped
class RelayReadiness implements HealthCheck {
    private final RelayThread relay;
    private final OutboxConfig config;

    RelayReadiness(RelayThread relay, OutboxConfig config) {
        this.relay = relay;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        Instant since = relay.failingSince();
        boolean stuck = since != null && Duration.between(since, Instant.now()).compareTo(config.stuckAfter()) > 0;
        var response = HealthCheckResponse.named("outbox relay").status(!stuck);
        return stuck ? response.withData("failingSince", String.valueOf(since)).build() : response.build();
    }
}
