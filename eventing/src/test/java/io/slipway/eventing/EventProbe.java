package io.slipway.eventing;

import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.MigrationEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Stands outside the services, as a deployment system or the audit would: publishes events and records, and reads all
 * topics of Slipway from their beginning. Close it at the end of the test.
 */
public final class EventProbe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SOURCE = "/test/probe";

    private final EventCodec codec = new EventCodec();
    private final List<ConsumerRecord<String, byte[]>> records = new CopyOnWriteArrayList<>();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader = new Thread(this::read, "event-probe");
    private volatile boolean closing;

    private EventProbe(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32 * 1024 * 1024,
                        ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith("slipway."))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader.setDaemon(true);
        reader.start();
    }

    /** To the broker of the running Quarkus test. */
    public static EventProbe connect() {
        return connect(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    public static EventProbe connect(String bootstrapServers) {
        return new EventProbe(bootstrapServers);
    }

    /** An event as it came over a topic. */
    public record Received(String topic, Envelope envelope, MigrationEvent event) {}

    /** Publishes under an id of its own and returns when Kafka has it. */
    public Envelope publish(String topic, MigrationEvent event) {
        Envelope envelope = envelope(event);
        publish(topic, envelope, event);
        return envelope;
    }

    public void publish(String topic, Envelope envelope, MigrationEvent event) {
        var encoded = codec.encode(envelope, event);
        publish(topic, encoded.key(), encoded.headers(), encoded.body());
    }

    /** Publishes a record of any content, valid or not. */
    public void publish(String topic, String key, Map<String, String> headers, byte[] body) {
        var record = new ProducerRecord<>(topic, key, body);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException("Kafka did not take the record", e);
        }
    }

    public Envelope envelope(MigrationEvent event) {
        return new Envelope(UUID.randomUUID().toString(), SOURCE, EventCodec.subjectOf(event), Instant.now(), null);
    }

    /** Waits for the first fact of a type that fits, and returns it. */
    public <E extends MigrationEvent> E await(Class<E> type, Predicate<E> fits) {
        return type.cast(await(
                        Topics.EVENTS,
                        received -> type.isInstance(received.event()) && fits.test(type.cast(received.event())))
                .event());
    }

    /** Waits for the first event on the topic that fits, and returns it. */
    public Received await(String topic, Predicate<Received> fits) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> on(topic).filter(fits).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for the first dead letter of a service that fits, and returns its headers. */
    public Map<String, String> awaitDeadLetter(String service, Predicate<ConsumerRecord<String, byte[]>> fits) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> records(Topics.deadLetters(service)).filter(fits).findFirst(), Optional::isPresent)
                .map(EventProbe::headers)
                .orElseThrow();
    }

    /** The events on the topic so far, in the order of each key; records that are no events are left out. */
    public Stream<Received> on(String topic) {
        return records(topic).map(this::decode).flatMap(Optional::stream);
    }

    /** The records on the topic so far, whatever they are. */
    public Stream<ConsumerRecord<String, byte[]>> records(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic));
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ZERO);
    }

    private void read() {
        try (consumer) {
            while (!closing) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        } catch (WakeupException e) {
            // close() asked for it
        }
    }

    private Optional<Received> decode(ConsumerRecord<String, byte[]> record) {
        try {
            return codec.decode(headers(record), record.value()) instanceof DecodedEvent.Known(var envelope, var event)
                    ? Optional.of(new Received(record.topic(), envelope, event))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
