package io.slipway.audit.event;

import io.slipway.eventing.inbox.Channels;
import io.slipway.eventing.inbox.Polls;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes the records of both topics as a poll brings them; each topic on its own, in order within a partition. */
@ApplicationScoped
class EventListener {
    private final Polls polls;
    private final Intake intake;
    private final IntakeConfig config;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    EventListener(Polls polls, Intake intake, IntakeConfig config) {
        this.polls = polls;
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
        CompletionStage<Void> done = polls.take(batch, intake.work());
        return batch.getRecords().size() < config.full() ? done.thenCompose(_ -> held(channel, began)) : done;
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
}
