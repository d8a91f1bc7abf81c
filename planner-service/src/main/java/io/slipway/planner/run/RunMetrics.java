package io.slipway.planner.run;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.slipway.contracts.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What is counted about runs. */
@ApplicationScoped
class RunMetrics {
    private final MeterRegistry registry;
    private final RunStore store;

    RunMetrics(MeterRegistry registry, RunStore store) {
        this.registry = registry;
        this.store = store;
    }

    void register(@Observes StartupEvent event) {
        Gauge.builder("slipway.run.queued", store, RunStore::queued)
                .description("Runs that wait for their turn")
                .register(registry);
    }

    void accepted(Plan.Kind kind) {
        registry.counter("slipway.run.accepted", "kind", kind.name()).increment();
    }

    void ended(RunState outcome) {
        registry.counter("slipway.run.ended", "outcome", outcome.name()).increment();
    }
}
