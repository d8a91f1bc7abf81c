package io.slipway.audit.event;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.audit.run.Runs;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.eventing.inbox.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stores each event once and brings the history up to date, in one transaction.
 *
 * <p>The inbox passes over the types that it does not know, and here they must be kept: those go into the store beside
 * it, where the unique key over source and id does the inbox's work.
 */
@ApplicationScoped
class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final Set<Class<? extends MigrationEvent>> EVERYTHING =
            EventTypes.all().collect(Collectors.toUnmodifiableSet());

    /** SQLSTATE classes that say that the content is refused: data, integrity, syntax. Everything else passes. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "42");

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Inbox inbox;
    private final EventStore events;
    private final Runs runs;

    Intake(Inbox inbox, EventStore events, Runs runs) {
        this.inbox = inbox;
        this.events = events;
        this.runs = runs;
    }

    void take(ConsumerRecord<String, byte[]> record) {
        String unknown = ReceivedEvent.unknownType(record);
        if (unknown == null) {
            inbox.receive(record, EVERYTHING, (envelope, event) -> keep(record, envelope, event));
        } else {
            keepUntilDone(ReceivedEvent.unknown(record, unknown));
        }
    }

    private void keep(ConsumerRecord<String, byte[]> record, Envelope envelope, MigrationEvent event) {
        if (events.append(ReceivedEvent.known(record, envelope, event))) {
            runs.learn(envelope, event);
        }
    }

    /** Waits an outage out with the record in hand, as the inbox does. */
    private void keepUntilDone(ReceivedEvent received) {
        boolean done = false;
        while (!done) {
            try {
                boolean first = QuarkusTransaction.requiringNew().call(() -> events.append(received));
                LOG.infof("event of an unknown type eventType=%s stored=%s", received.type(), first);
                done = true;
            } catch (RuntimeException e) {
                if (refused(e)) {
                    throw e;
                }
                LOG.warn("The control-plane database is away; the event waits and is tried again", e);
                pause();
            }
        }
    }

    private static boolean refused(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql && sql.getSQLState() != null) {
                return REFUSALS.contains(sql.getSQLState().substring(0, 2));
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service stops; the event is stored after the next start", e);
        }
    }
}
