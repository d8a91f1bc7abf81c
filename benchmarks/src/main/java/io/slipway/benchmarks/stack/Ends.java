package io.slipway.benchmarks.stack;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.RunEnded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the ends of all runs from Kafka, in the order of each target; a repeat on the wire counts once. Whoever waits here has the
 * processor that those need who are waited for: it fetches twenty times a second, and decodes what it has found afterwards.
 */
public final class Ends implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES = 1024 * 1024;
    private static final int FETCH_MILLIS = 50;

    private final EventCodec codec = new EventCodec();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, End> ends = new LinkedHashMap<>();

    /** Not decoded yet. */
    private record End(Class<?> kind, Map<String, String> headers, byte[] body) {}

    public Ends(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "fetch.min.bytes",
                        FETCH_BYTES,
                        "fetch.max.wait.ms",
                        FETCH_MILLIS),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                .map(partition -> new TopicPartition(Topics.EVENTS, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads until so many ends are known, or for the given time without a new one. */
    public void await(int number, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (number() < number && System.nanoTime() < deadline) {
            for (var record : consumer.poll(POLL)) {
                if (read(record)) {
                    deadline = System.nanoTime() + patience.toNanos();
                }
            }
        }
    }

    private boolean read(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        var kind = EventTypes.byName(headers.getOrDefault("ce_type", "")).filter(RunEnded.class::isAssignableFrom);
        var name = headers.get("ce_source") + " " + headers.get("ce_id");
        return kind.isPresent() && ends.putIfAbsent(name, new End(kind.get(), headers, record.value())) == null;
    }

    public int number() {
        return ends.size();
    }

    /** How many ends are of that kind. */
    public long number(Class<? extends RunEnded> kind) {
        return ends.values().stream().filter(end -> end.kind() == kind).count();
    }

    /** The runs of each target in the order of their ends. */
    public Map<TargetId, List<RunId>> runs() {
        return ends.values().stream()
                .map(this::decode)
                .collect(Collectors.groupingBy(
                        RunEnded::target, Collectors.mapping(RunEnded::runId, Collectors.toList())));
    }

    private RunEnded decode(End end) {
        if (codec.decode(end.headers(), end.body()) instanceof DecodedEvent.Known(var envelope, RunEnded fact)) {
            return fact;
        }
        throw new IllegalStateException("An end of a run cannot be read: " + end.headers());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
