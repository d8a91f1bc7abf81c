package io.slipway.audit.metrics;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.slipway.audit.jdbc.DatabaseFailed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Reads the figures when Prometheus asks. Micrometer's counters start at zero with each process; these do not, because
 * the history does not.
 */
@ApplicationScoped
class RunMetricsCollector {
    private static final Logger LOG = Logger.getLogger(RunMetricsCollector.class);

    private final PrometheusMeterRegistry registry;
    private final RunMetricsStore store;
    private final Collector collector = new Collector() {
        @Override
        public List<MetricFamilySamples> collect() {
            return read();
        }
    };

    RunMetricsCollector(PrometheusMeterRegistry registry, RunMetricsStore store) {
        this.registry = registry;
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        registry.getPrometheusRegistry().register(collector);
    }

    void stop(@Observes ShutdownEvent event) {
        registry.getPrometheusRegistry().unregister(collector);
    }

    /** Nothing while the database is away: a gap is honest, and the other metrics are still told. */
    private List<Collector.MetricFamilySamples> read() {
        try {
            return store.read().families();
        } catch (DatabaseFailed e) {
            LOG.warn("The figures over the runs could not be read", e);
            return List.of();
        }
    }
}
