package io.slipway.audit.event;

import io.slipway.eventing.inbox.Channels;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes the records of both topics as a poll brings them; each topic on its own, in order within a partition.
 *
 * <p>A failed batch would go to the dead letters as a whole. So the refused records go there one by one, and only then is
 * the batch acknowledged.
 */
@ApplicationScoped
class EventListener {
    private final Intake intake;
    private final IntakeConfig config;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    EventListener(Intake intake, IntakeConfig config) {
        this.intake = intake;
        this.config = config;
    }

    @Incoming(Channels.REQUESTS)
    @Blocking
    CompletionStage<Void> onRequests(KafkaRecordBatch<String, byte[]> batch) {
        return take(Channels.REQUESTS, batch);
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    CompletionStage<Void> onEvents(KafkaRecordBatch<String, byte[]> batch) {
        return take(Channels.EVENTS, batch);
    }

    private CompletionStage<Void> take(String channel, KafkaRecordBatch<String, byte[]> batch) {
        Instant began = Instant.now();
        List<KafkaRecord<String, byte[]>> records = batch.getRecords();
        Map<Integer, RuntimeException> refused =
                intake.take(records.stream().map(EventListener::unwrapped).toList());
        CompletionStage<Void> done = CompletableFuture.completedStage(null);
        for (var refusal : refused.entrySet()) {
            done = done.thenCompose(_ -> records.get(refusal.getKey()).nack(refusal.getValue()));
        }
        done = done.thenCompose(_ -> batch.ack());
        return records.size() < config.full() ? done.thenCompose(_ -> held(channel, began)) : done;
    }

    /** The next batch is not taken before this is done. */
    private CompletionStage<Void> held(String channel, Instant began) {
        Pace pace = paces.getOrDefault(channel, Pace.UNUSED).after(began, config.pace());
        paces.put(channel, pace);
        Duration hold = pace.hold(Instant.now(), config.pace(), config.ahead());
        return hold.isPositive()
                ? CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(hold.toMillis(), TimeUnit.MILLISECONDS))
                : CompletableFuture.completedStage(null);
    }

    @SuppressWarnings("unchecked") // the metadata of a record are of the record's own types
    private static ConsumerRecord<String, byte[]> unwrapped(KafkaRecord<String, byte[]> record) {
        return record.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getRecord();
    }
}
