package io.slipway.acceptance.stack;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Revision;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RollbackRequested;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A deployment system that publishes requests on Kafka. */
public record Requests(String bootstrapServers) {
    public static final String SOURCE = "/deploy/acceptance";

    private static final EventCodec CODEC = new EventCodec();
    private static final int MAX_REQUEST_BYTES = 24 * 1024 * 1024;

    /** Asks for the latest version of inline scripts. */
    public RunId migrate(Target target, ScriptFile... scripts) {
        return publish(migration(target.id(), new ScriptSource.Inline(List.of(scripts)), FlywaySettings.DEFAULTS));
    }

    public static MigrationRequested migration(TargetId target, ScriptSource scripts, FlywaySettings settings) {
        return new MigrationRequested(
                target, scripts, null, settings, false, false, "deploy-bot", "Release 2026.3", "CHG-20931");
    }

    /** Asks to go back by the undo scripts of the plans that went forward. */
    public RunId rollBack(Target target, String revision) {
        return publish(rollback(target.id(), revision, null, FlywaySettings.DEFAULTS));
    }

    public static RollbackRequested rollback(
            TargetId target, String revision, @Nullable ScriptSource scripts, FlywaySettings settings) {
        return new RollbackRequested(
                target, new Revision(revision), scripts, settings, false, false, "on-call", "Incident 7", null);
    }

    public RunId publish(Request request) {
        return publish(UUID.randomUUID().toString(), request);
    }

    /** The run that follows is known from the source and the id. */
    public RunId publish(String id, Request request) {
        var envelope = new Envelope(id, SOURCE, request.target().name(), Instant.now(), traceparent());
        var encoded = CODEC.encode(envelope, request);
        send(encoded.key(), encoded.headers(), encoded.body());
        return RunId.ofRequest(SOURCE, id);
    }

    private static String traceparent() {
        var trace = UUID.randomUUID().toString().replace("-", "");
        return "00-%s-%s-01".formatted(trace, trace.substring(16));
    }

    /** Publishes a record once more, as a producer does that never heard that it had arrived. */
    public void repeat(Recorded record) {
        send(record.topic(), record.key(), record.headers(), record.body());
    }

    /** Any record at all. */
    public void send(String key, Map<String, String> headers, byte[] body) {
        send(Topics.REQUESTS, key, headers, body);
    }

    private void send(String topic, @Nullable String key, Map<String, String> headers, byte[] body) {
        var record = new ProducerRecord<>(topic, key, body);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        Map<String, Object> config =
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "max.request.size", MAX_REQUEST_BYTES);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The request was not published", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while publishing", e);
        }
    }
}
