package io.slipway.eventing.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.eventing.trace.LogContext;
import io.slipway.eventing.trace.Tracing;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of a poll in, in one transaction for all that came together. What is refused among them is found by
 * taking each alone. While the control-plane database is away, the calling thread waits.
 */
@ApplicationScoped
public class Polls {
    private static final Logger LOG = Logger.getLogger(Polls.class);

    /** Plans are up to 5 MiB, come compressed, and are held several times over on their way into the database. */
    private static final long MAX_BYTES_TOGETHER = 4L * 1024 * 1024;

    /** The first of many runs need not wait until the last one is taken in. */
    private static final int MAX_EVENTS_TOGETHER = 128;

    private final Transactions transactions;
    private final Tracing tracing;
    private final MeterRegistry metrics;

    Polls(Transactions transactions, Tracing tracing, MeterRegistry metrics) {
        this.transactions = transactions;
        this.tracing = tracing;
        this.metrics = metrics;
    }

    /**
     * Takes a batch in and acknowledges it. A failed batch would go to the dead letters as a whole, so the refused records
     * go there one by one, and only then is the batch acknowledged.
     */
    public <E> CompletionStage<Void> take(KafkaRecordBatch<String, byte[]> batch, PollWork<E> work) {
        List<KafkaRecord<String, byte[]>> records = batch.getRecords();
        Map<Integer, RuntimeException> refused =
                take(records.stream().map(Polls::unwrapped).toList(), work);
        CompletionStage<Void> done = CompletableFuture.completedStage(null);
        for (var refusal : refused.entrySet()) {
            done = done.thenCompose(_ -> records.get(refusal.getKey()).nack(refusal.getValue()));
        }
        return done.thenCompose(_ -> batch.ack());
    }

    /**
     * Returns when all of them are taken in or refused.
     *
     * @return why which of the records, by their position, can never be taken in
     */
    public <E> SequencedMap<Integer, RuntimeException> take(
            List<ConsumerRecord<String, byte[]>> records, PollWork<E> work) {
        SequencedMap<Integer, RuntimeException> refused = new TreeMap<>();
        int from = 0;
        while (from < records.size()) {
            int to = endOfThoseTogether(records, from);
            refused.putAll(take(records, from, to, work));
            from = to;
        }
        return refused;
    }

    private <E> Map<Integer, RuntimeException> take(
            List<ConsumerRecord<String, byte[]>> records, int from, int to, PollWork<E> work) {
        Map<Integer, RuntimeException> refused = new HashMap<>();
        SequencedMap<Integer, E> readable = new TreeMap<>();
        for (int i = from; i < to; i++) {
            try {
                int position = i;
                work.read().apply(records.get(i)).ifPresent(event -> readable.put(position, event));
            } catch (UnreadableEvent e) {
                LOG.error("A record that is no event goes to the dead letters", e);
                refused.put(i, e);
            }
        }
        if (readable.size() < 2 || !takenTogether(List.copyOf(readable.values()), work)) {
            readable.forEach((i, event) -> {
                try {
                    takeAlone(event, work);
                } catch (Stopping e) {
                    throw e;
                } catch (RuntimeException e) {
                    LOG.error("An event that cannot be taken in goes to the dead letters", e);
                    refused.put(i, e);
                }
            });
        }
        return refused;
    }

    private static int endOfThoseTogether(List<ConsumerRecord<String, byte[]>> records, int from) {
        long bytes = size(records.get(from));
        int to = from + 1;
        while (to < records.size()
                && to - from < MAX_EVENTS_TOGETHER
                && bytes + size(records.get(to)) <= MAX_BYTES_TOGETHER) {
            bytes += size(records.get(to));
            to++;
        }
        return to;
    }

    private static int size(ConsumerRecord<String, byte[]> record) {
        return record.value() == null ? 0 : record.value().length;
    }

    /** One attempt is enough: those that fail together are tried again alone. */
    private <E> boolean takenTogether(List<E> events, PollWork<E> work) {
        List<Span> spans = events.stream()
                .map(work.about())
                .map(about -> tracing.begin(
                        about.name(), SpanKind.CONSUMER, about.envelope().traceparent()))
                .toList();
        try {
            count(events, transactions.untilDone(1, () -> work.take().apply(events)), work);
            return true;
        } catch (Stopping e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Events that came together could not be taken in together; each is taken in alone", e);
            spans.forEach(span -> span.setStatus(StatusCode.ERROR).recordException(e));
            return false;
        } finally {
            spans.forEach(Span::end);
        }
    }

    private <E> void takeAlone(E event, PollWork<E> work) {
        PollWork.About about = work.about().apply(event);
        List<E> alone = List.of(event);
        tracing.inSpan(about.name(), SpanKind.CONSUMER, about.envelope().traceparent(), () -> {
            try (LogContext keys = context(about)) {
                count(alone, transactions.untilDone(() -> work.take().apply(alone)), work);
            }
        });
    }

    private static @Nullable LogContext context(PollWork.About about) {
        return about.event() == null ? null : LogContext.of(about.envelope(), about.event());
    }

    private <E> void count(List<E> events, List<E> first, PollWork<E> work) {
        Map<String, Long> handled = byName(first, work);
        byName(events, work).forEach((name, all) -> {
            long once = handled.getOrDefault(name, 0L);
            counter(name, "HANDLED").increment(once);
            counter(name, "REPEATED").increment(all - once);
        });
    }

    private Counter counter(String name, String outcome) {
        return metrics.counter("slipway.event.received", "type", name, "outcome", outcome);
    }

    /** Unknown types are left out: anybody may think of new ones, and each would be a metric of its own. */
    private static <E> Map<String, Long> byName(List<E> events, PollWork<E> work) {
        return events.stream()
                .map(work.about())
                .filter(about -> about.event() != null)
                .collect(Collectors.groupingBy(PollWork.About::name, Collectors.counting()));
    }

    @SuppressWarnings("unchecked") // the metadata of a record are of the record's own types
    private static ConsumerRecord<String, byte[]> unwrapped(KafkaRecord<String, byte[]> record) {
        return record.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getRecord();
    }
}
