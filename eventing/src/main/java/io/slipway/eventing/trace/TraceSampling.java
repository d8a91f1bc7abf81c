package io.slipway.eventing.trace;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Records spans only where there is a collector to send them to. Trace ids flow in any case, so that a run keeps one
 * trace through all services even when some of them record nothing.
 */
@ApplicationScoped
class TraceSampling {
    /** Named by Quarkus; without it the exporter would knock at a collector on this machine for ever. */
    private static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";

    @Produces
    @ApplicationScoped
    Sampler sampler(@ConfigProperty(name = ENDPOINT) Optional<String> endpoint) {
        boolean collected = endpoint.filter(address -> !address.isBlank()).isPresent();
        return collected ? Sampler.parentBased(Sampler.alwaysOn()) : Sampler.alwaysOff();
    }
}
