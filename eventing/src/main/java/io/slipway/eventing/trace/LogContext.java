package io.slipway.eventing.trace;

import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.RunFact;
import java.util.List;
import org.jboss.logging.MDC;

/** The fixed log keys of the event that a thread is busy with; close it when the thread is done with the event. */
public final class LogContext implements AutoCloseable {
    private static final List<String> KEYS = List.of("runId", "target", "eventId", "eventType");

    private LogContext() {}

    public static LogContext of(Envelope envelope, MigrationEvent event) {
        if (event instanceof RunFact fact) {
            MDC.put("runId", fact.runId().toString());
        }
        MDC.put("target", event.target().name());
        MDC.put("eventId", envelope.id());
        MDC.put("eventType", event.getClass().getSimpleName());
        return new LogContext();
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
