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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the ends of all runs from Kafka, in the order of each target; a repeat on the wire counts once. */
public final class Ends implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final EventCodec codec = new EventCodec();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<String> seen = new HashSet<>();
    private final Map<TargetId, List<RunEnded>> ends = new HashMap<>();

    public Ends(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
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
        if (isEnd(headers.getOrDefault("ce_type", ""))
                && codec.decode(headers, record.value()) instanceof DecodedEvent.Known(var envelope, RunEnded end)
                && seen.add(envelope.source() + " " + envelope.id())) {
            ends.computeIfAbsent(end.target(), target -> new ArrayList<>()).add(end);
            return true;
        }
        return false;
    }

    /** Looked at first: a plan takes long to decode, and the time of who waits here is the machine's. */
    private static boolean isEnd(String type) {
        return EventTypes.byName(type).filter(RunEnded.class::isAssignableFrom).isPresent();
    }

    public int number() {
        return seen.size();
    }

    /** How many ends are of that kind. */
    public long number(Class<? extends RunEnded> kind) {
        return ends.values().stream()
                .flatMap(List::stream)
                .filter(kind::isInstance)
                .count();
    }

    /** The runs of a target in the order of their ends. */
    public List<RunId> of(TargetId target) {
        return ends.getOrDefault(target, List.of()).stream()
                .map(RunEnded::runId)
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
