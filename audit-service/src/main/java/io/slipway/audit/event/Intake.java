package io.slipway.audit.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.slipway.audit.run.Runs;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.eventing.inbox.Stopping;
import io.slipway.eventing.inbox.Transactions;
import io.slipway.eventing.trace.LogContext;
import io.slipway.eventing.trace.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stores each event once and brings the history up to date, in one transaction for all that came together. What the
 * database refuses among them is found by storing each alone.
 *
 * <p>There is no inbox here: the unique key of the event store over source and id does its work, for unknown types as well.
 */
@ApplicationScoped
class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    /** Plans are up to 5 MiB, come compressed, and are held several times over on their way into the database. */
    private static final long MAX_BYTES_TOGETHER = 4L * 1024 * 1024;

    private final EventCodec codec = new EventCodec();
    private final EventStore events;
    private final Runs runs;
    private final Transactions transactions;
    private final Tracing tracing;
    private final MeterRegistry metrics;

    Intake(EventStore events, Runs runs, Transactions transactions, Tracing tracing, MeterRegistry metrics) {
        this.events = events;
        this.runs = runs;
        this.transactions = transactions;
        this.tracing = tracing;
        this.metrics = metrics;
    }

    /**
     * Returns when all of them are stored or refused; while the database is away, that is when it is back.
     *
     * @return why which of the records, by their position, can never be stored
     */
    SequencedMap<Integer, RuntimeException> take(List<ConsumerRecord<String, byte[]>> records) {
        SequencedMap<Integer, RuntimeException> refused = new TreeMap<>();
        int from = 0;
        while (from < records.size()) {
            int to = endOfThoseTogether(records, from);
            refused.putAll(take(records, from, to));
            from = to;
        }
        return refused;
    }

    private Map<Integer, RuntimeException> take(List<ConsumerRecord<String, byte[]>> records, int from, int to) {
        Map<Integer, RuntimeException> refused = new HashMap<>();
        SequencedMap<Integer, ReceivedEvent> readable = new TreeMap<>();
        for (int i = from; i < to; i++) {
            try {
                readable.put(i, ReceivedEvent.of(records.get(i), codec));
            } catch (UnreadableEvent e) {
                LOG.error("A record that is no event goes to the dead letters", e);
                refused.put(i, e);
            }
        }
        if (readable.size() < 2 || !storedTogether(List.copyOf(readable.values()))) {
            readable.forEach((i, received) -> {
                try {
                    storeAlone(received);
                } catch (Stopping e) {
                    throw e;
                } catch (RuntimeException e) {
                    LOG.error("An event that cannot be stored goes to the dead letters", e);
                    refused.put(i, e);
                }
            });
        }
        return refused;
    }

    private static int endOfThoseTogether(List<ConsumerRecord<String, byte[]>> records, int from) {
        long bytes = size(records.get(from));
        int to = from + 1;
        while (to < records.size() && bytes + size(records.get(to)) <= MAX_BYTES_TOGETHER) {
            bytes += size(records.get(to));
            to++;
        }
        return to;
    }

    private static int size(ConsumerRecord<String, byte[]> record) {
        return record.value() == null ? 0 : record.value().length;
    }

    /** One attempt is enough: those that fail together are tried again alone. */
    private boolean storedTogether(List<ReceivedEvent> received) {
        List<Span> spans = received.stream()
                .map(event -> tracing.begin(
                        event.name(), SpanKind.CONSUMER, event.envelope().traceparent()))
                .toList();
        try {
            count(received, transactions.untilDone(1, () -> store(received)));
            return true;
        } catch (Stopping e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Events that came together could not be stored together; each is stored alone", e);
            spans.forEach(span -> span.setStatus(StatusCode.ERROR).recordException(e));
            return false;
        } finally {
            spans.forEach(Span::end);
        }
    }

    private void storeAlone(ReceivedEvent received) {
        tracing.inSpan(received.name(), SpanKind.CONSUMER, received.envelope().traceparent(), () -> {
            try (LogContext keys = context(received)) {
                count(List.of(received), transactions.untilDone(() -> store(List.of(received))));
            }
        });
    }

    private static @Nullable LogContext context(ReceivedEvent received) {
        return received.event() == null ? null : LogContext.of(received.envelope(), received.event());
    }

    private List<ReceivedEvent> store(List<ReceivedEvent> received) {
        List<ReceivedEvent> stored = events.append(received);
        runs.learn(stored.stream().flatMap(event -> event.known().stream()).toList());
        return stored;
    }

    private void count(List<ReceivedEvent> received, List<ReceivedEvent> stored) {
        Map<String, Long> handled = byName(stored);
        byName(received).forEach((name, all) -> {
            long first = handled.getOrDefault(name, 0L);
            counter(name, "HANDLED").increment(first);
            counter(name, "REPEATED").increment(all - first);
        });
        stored.stream()
                .filter(event -> event.known().isEmpty())
                .forEach(event -> LOG.infof("event of an unknown type stored eventType=%s", event.type()));
    }

    private Counter counter(String name, String outcome) {
        return metrics.counter("slipway.event.received", "type", name, "outcome", outcome);
    }

    /** Unknown types are left out: anybody may think of new ones, and each would be a metric of its own. */
    private static Map<String, Long> byName(List<ReceivedEvent> events) {
        return events.stream()
                .filter(event -> event.known().isPresent())
                .collect(Collectors.groupingBy(ReceivedEvent::name, Collectors.counting()));
    }
}
