package io.slipway.eventing.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.slipway.contracts.cloudevents.DecodedEvent;
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
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
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
        Map<String, String> headers = headers(record);
        if (passesOver(headers, interest)) {
            return;
        }
        if (codec.decode(headers, record.value()) instanceof DecodedEvent.Known(var envelope, var event)) {
            String type = event.getClass().getSimpleName();
            tracing.inSpan(type, SpanKind.CONSUMER, envelope.traceparent(), () -> {
                try (LogContext keys = LogContext.of(envelope, event)) {
                    boolean first = transactions.untilDone(() -> once(envelope, event, handler, onRepeat));
                    metrics.counter("slipway.event.received", "type", type, "outcome", first ? "HANDLED" : "REPEATED")
                            .increment();
                }
            });
        }
    }

    /** True and recorded when never seen, false on a repeat. */
    private boolean firstSeen(Envelope envelope) {
        try {
            return store.record(envelope);
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
        boolean first = firstSeen(envelope);
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
