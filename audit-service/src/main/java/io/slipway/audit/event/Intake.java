package io.slipway.audit.event;

import io.slipway.audit.run.Runs;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.eventing.inbox.PollWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Stores each event once and brings the history up to date.
 *
 * <p>There is no inbox here: the unique key of the event store over source and id does its work, for unknown types as well.
 */
@ApplicationScoped
class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final EventCodec codec = new EventCodec();
    private final EventStore events;
    private final Runs runs;

    Intake(EventStore events, Runs runs) {
        this.events = events;
        this.runs = runs;
    }

    PollWork<ReceivedEvent> work() {
        return new PollWork<>(
                record -> Optional.of(ReceivedEvent.of(record, codec)), ReceivedEvent::about, this::store);
    }

    private List<ReceivedEvent> store(List<ReceivedEvent> received) {
        List<ReceivedEvent> stored = events.append(received);
        runs.learn(stored.stream().flatMap(event -> event.known().stream()).toList());
        stored.stream()
                .filter(event -> event.known().isEmpty())
                .forEach(event -> LOG.infof("event of an unknown type is stored eventType=%s", event.type()));
        return stored;
    }
}
