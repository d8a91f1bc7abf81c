package io.slipway.benchmarks.latency;

import io.slipway.contracts.RunId;
import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the facts of runs from Kafka, from now on. */
final class Facts implements AutoCloseable {

    private static final String TOPIC = "slipway.events";
    private static final Duration POLL = Duration.ofSeconds(1);

    private final EventCodec codec = new EventCodec();
    private final KafkaConsumer<String, byte[]> consumer;

    Facts(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy; asking for the position makes it happen before the first request.
        partitions.forEach(consumer::position);
    }

    /**
     * A fact, and when it was seen.
     *
     * @param at the fact's own time
     * @param seenNanos in the terms of {@link System#nanoTime()}
     */
    record Seen(RunFact event, Instant at, long seenNanos) {}

    /** Gives each fact of the run to the reader, and returns the one that ends it. */
    Seen follow(RunId run, Duration patience, Consumer<Seen> reader) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Seen> end = Optional.empty();
            for (var record : consumer.poll(POLL)) {
                var fact = read(record).filter(seen -> seen.event().runId().equals(run));
                fact.ifPresent(reader);
                end = end.or(() -> fact.filter(seen -> seen.event() instanceof RunEnded));
            }
            if (end.isPresent()) {
                return end.get();
            }
        }
        throw new IllegalStateException("The run %s did not end within %d s".formatted(run, patience.toSeconds()));
    }

    private Optional<Seen> read(ConsumerRecord<String, byte[]> record) {
        var now = System.nanoTime();
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return switch (codec.decode(headers, record.value())) {
            case DecodedEvent.Known known
            when known.event() instanceof RunFact fact ->
                Optional.of(new Seen(fact, known.envelope().time(), now));
            case DecodedEvent.Known _, DecodedEvent.Unknown _ -> Optional.empty();
        };
    }

    @Override
    public void close() {
        consumer.close();
    }
}
