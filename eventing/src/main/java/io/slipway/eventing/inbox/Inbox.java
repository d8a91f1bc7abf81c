package io.slipway.eventing.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.slipway.contracts.cloudevents.DecodedEvent.Known;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.eventing.Lost;
import io.slipway.eventing.trace.LogContext;
import io.slipway.eventing.trace.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Takes each event in once: the listener's work and the note that the event was seen commit together.
 *
 * <p>While the control-plane database is away, the calling thread waits and tries again, so the order of the partition
 * holds and nothing is passed over; SmallRye pauses the consumer meanwhile and it stays in its group.
 */
@ApplicationScoped
public class Inbox {
    private final EventCodec codec = new EventCodec();
    private final InboxStore store;
    private final Transactions transactions;
    private final Tracing tracing;
    private final MeterRegistry metrics;

    Inbox(InboxStore store, Transactions transactions, Tracing tracing, MeterRegistry metrics) {
        this.store = store;
        this.transactions = transactions;
        this.tracing = tracing;
        this.metrics = metrics;
    }

    /**
     * Runs the handler in a transaction with the inbox row, unless the type is of no interest or the event was seen.
     *
     * @throws UnreadableEvent for poison; let it fly, and the record goes to the dead letters
     */
    public void receive(
            ConsumerRecord<String, byte[]> record,
            Set<Class<? extends MigrationEvent>> interest,
            BiConsumer<Envelope, MigrationEvent> handler) {
        receive(record, interest, handler, (envelope, event) -> {});
    }

    /**
     * Likewise, for a listener that looks at repeats as well: outsiders may use one id for different contents.
     *
     * @param onRepeat called instead of the handler, in a transaction like it
     * @throws UnreadableEvent for poison; let it fly, and the record goes to the dead letters
     */
    public void receive(
            ConsumerRecord<String, byte[]> record,
            Set<Class<? extends MigrationEvent>> interest,
            BiConsumer<Envelope, MigrationEvent> handler,
            BiConsumer<Envelope, MigrationEvent> onRepeat) {
        read(record, interest).ifPresent(known -> receive(known.envelope(), known.event(), handler, onRepeat));
    }

    /**
     * The same for all records of a poll at once, with {@link Polls}.
     *
     * @param handler called with the events that were never seen, in their order and at least one
     */
    public PollWork<Known> work(Set<Class<? extends MigrationEvent>> interest, Consumer<List<Known>> handler) {
        return new PollWork<>(
                record -> read(record, interest),
                known -> new PollWork.About(nameOf(known.event()), known.envelope(), known.event()),
                events -> {
                    List<Known> first = firstSeen(events);
                    if (!first.isEmpty()) {
                        handler.accept(first);
                    }
                    return first;
                });
    }

    private Optional<Known> read(ConsumerRecord<String, byte[]> record, Set<Class<? extends MigrationEvent>> interest) {
        Map<String, String> headers = headers(record);
        return !passesOver(headers, interest) && codec.decode(headers, record.value()) instanceof Known known
                ? Optional.of(known)
                : Optional.empty();
    }

    private void receive(
            Envelope envelope,
            MigrationEvent event,
            BiConsumer<Envelope, MigrationEvent> handler,
            BiConsumer<Envelope, MigrationEvent> onRepeat) {
        String type = nameOf(event);
        tracing.inSpan(type, SpanKind.CONSUMER, envelope.traceparent(), () -> {
            try (LogContext keys = LogContext.of(envelope, event)) {
                boolean first = transactions.untilDone(() -> once(envelope, event, handler, onRepeat));
                metrics.counter("slipway.event.received", "type", type, "outcome", first ? "HANDLED" : "REPEATED")
                        .increment();
            }
        });
    }

    private static String nameOf(MigrationEvent event) {
        return event.getClass().getSimpleName();
    }

    /** Those that were never seen, which are recorded; of repeats among them the first. */
    private List<Known> firstSeen(List<Known> events) {
        Set<InboxStore.EventId> unseen =
                unseen(events.stream().map(Known::envelope).toList());
        return events.stream()
                .filter(event -> unseen.remove(InboxStore.EventId.of(event.envelope())))
                .toList();
    }

    private Set<InboxStore.EventId> unseen(List<Envelope> envelopes) {
        try {
            return store.record(envelopes);
        } catch (SQLException e) {
            throw new Lost("The inbox could not be written", e);
        }
    }

    /** A record without a type is not passed over: the codec says what is wrong with it. */
    private static boolean passesOver(Map<String, String> headers, Set<Class<? extends MigrationEvent>> interest) {
        String type = headers.get("ce_type");
        return type != null
                && !type.isBlank()
                && EventTypes.byName(type).filter(interest::contains).isEmpty();
    }

    private boolean once(
            Envelope envelope,
            MigrationEvent event,
            BiConsumer<Envelope, MigrationEvent> handler,
            BiConsumer<Envelope, MigrationEvent> onRepeat) {
        boolean first = !unseen(List.of(envelope)).isEmpty();
        (first ? handler : onRepeat).accept(envelope, event);
        return first;
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }
}
