package io.slipway.eventing.outbox;

import io.slipway.eventing.Lost;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches so that the order within a key survives any failure: one request in flight, and the producer is closed
 * in the callback of the first record that fails, before a later one of its partition can leave. The next batch starts
 * with a producer of its own. Used by the relay's thread only.
 */
@ApplicationScoped
class RecordPublisher {
    private final Map<String, Object> broker;
    private final OutboxConfig config;
    private @Nullable Producer<String, byte[]> producer;

    RecordPublisher(@Identifier("default-kafka-broker") Map<String, Object> broker, OutboxConfig config) {
        this.broker = broker;
        this.config = config;
    }

    /** Returns when Kafka has every record on all in-sync replicas; else throws, and some records may be there or not. */
    void publishAndAwait(List<OutboxRecord> batch) throws InterruptedException {
        Producer<String, byte[]> open = open();
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (OutboxRecord record : batch) {
                sent.add(open.send(toKafka(record), (metadata, failure) -> {
                    if (failure != null) {
                        open.close(Duration.ZERO);
                    }
                }));
            }
            long deadline =
                    System.nanoTime() + config.publishTimeout().multipliedBy(2).toNanos();
            for (Future<RecordMetadata> acknowledged : sent) {
                acknowledged.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException e) {
            close();
            throw new Lost("Kafka did not take a record", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            close();
            throw new Lost("Kafka did not take a record", e);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    void close() {
        Producer<String, byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    private Producer<String, byte[]> open() {
        Producer<String, byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    private Map<String, Object> settings() {
        int timeout = Math.toIntExact(config.publishTimeout().toMillis());
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, timeout / 3));
        return settings;
    }

    private static ProducerRecord<String, byte[]> toKafka(OutboxRecord record) {
        ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(record.topic(), record.key(), record.body());
        record.headers().forEach((name, value) -> kafka.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return kafka;
    }
}
