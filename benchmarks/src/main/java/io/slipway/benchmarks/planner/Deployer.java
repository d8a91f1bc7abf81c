package io.slipway.benchmarks.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.localstack.supervise.Addresses;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends requests through both doors of the planner. */
final class Deployer implements AutoCloseable {

    private static final String SOURCE = "/benchmark";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TAKEN = 202;
    private static final int TAKEN_BEFORE = 200;
    private static final int BUSY = 503;

    private final EventCodec codec = new EventCodec();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI requests;
    private final AtomicInteger busy = new AtomicInteger();
    private final KafkaProducer<String, byte[]> producer;

    Deployer(Addresses addresses) {
        this.requests = URI.create(addresses.planner() + "/api/v1/requests");
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", addresses.kafka(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Asks for the first versions of a project that grows by a table with each. */
    static MigrationRequested request(TargetId target, int versions) {
        var scripts = IntStream.rangeClosed(1, versions)
                .mapToObj(version -> new ScriptFile(
                        "V%d__table_%1$d.sql".formatted(version),
                        "CREATE TABLE table_%d (id bigint PRIMARY KEY);".formatted(version)))
                .toList();
        return new MigrationRequested(
                target,
                new ScriptSource.Inline(scripts),
                null,
                FlywaySettings.DEFAULTS,
                false,
                false,
                "benchmark",
                "Many at once",
                null);
    }

    /** Completes with the run when the planner has taken the request; one that it is too busy for is sent again. */
    CompletableFuture<RunId> post(byte[] request) {
        var id = UUID.randomUUID().toString();
        return post(HttpRequest.newBuilder(requests)
                        .timeout(PATIENCE)
                        .header("ce-type", "MigrationRequested")
                        .header("ce-source", SOURCE)
                        .header("Idempotency-Key", id)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build())
                .thenApply(taken -> RunId.ofRequest(SOURCE, id));
    }

    private CompletableFuture<HttpResponse<String>> post(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenCompose(answer -> switch (answer.statusCode()) {
                    case TAKEN, TAKEN_BEFORE -> CompletableFuture.completedFuture(answer);
                    case BUSY -> {
                        busy.incrementAndGet();
                        var pause =
                                answer.headers().firstValueAsLong("Retry-After").orElse(1);
                        yield CompletableFuture.supplyAsync(
                                        () -> post(request), CompletableFuture.delayedExecutor(pause, TimeUnit.SECONDS))
                                .thenCompose(again -> again);
                    }
                    default ->
                        throw new IllegalStateException("The planner did not take a request: %d %s"
                                .formatted(answer.statusCode(), answer.body()));
                });
    }

    /** How often the planner has asked to come again so far. */
    int busy() {
        return busy.get();
    }

    /** Completes with the run-to-be when the broker has the request. */
    CompletableFuture<RunId> publish(MigrationRequested request) {
        var envelope = new Envelope(
                UUID.randomUUID().toString(), SOURCE, request.target().name(), Instant.now(), null);
        var encoded = codec.encode(envelope, request);
        var record = new ProducerRecord<>(Topics.REQUESTS, encoded.key(), encoded.body());
        encoded.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        var published = new CompletableFuture<RunId>();
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                published.complete(RunId.ofRequest(SOURCE, envelope.id()));
            } else {
                published.completeExceptionally(failure);
            }
        });
        return published;
    }

    static byte[] json(MigrationRequested request) {
        try {
            return EventJson.mapper().writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request of our own cannot be written as JSON", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        http.shutdownNow();
    }
}
