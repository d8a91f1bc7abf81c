package io.slipway.audit.event;

import io.slipway.contracts.RunId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RestoreRequested;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.contracts.event.RunFact;
import io.slipway.eventing.inbox.PollWork;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of one of the topics, read as far as this version can.
 *
 * @param event absent when the type is unknown
 * @param target absent when neither event, partition key nor record key names one
 */
record ReceivedEvent(
        Place place,
        Map<String, String> headers,
        StoredBody body,
        String type,
        Envelope envelope,
        @Nullable MigrationEvent event,
        @Nullable String target) {
    /** Where the record lies in Kafka. */
    record Place(String topic, int partition, long offset) {
        static Place of(ConsumerRecord<?, ?> record) {
            return new Place(record.topic(), record.partition(), record.offset());
        }
    }

    ReceivedEvent {
        headers = Map.copyOf(headers);
    }

    /**
     * @throws UnreadableEvent when it is no CloudEvent, or breaks the rules of its type
     */
    static ReceivedEvent of(ConsumerRecord<String, byte[]> record, EventCodec codec) {
        Map<String, String> headers = headers(record);
        return switch (codec.decode(headers, record.value())) {
            case DecodedEvent.Known(var envelope, var event) ->
                of(
                        record,
                        headers,
                        EventTypes.nameOf(event.getClass()),
                        envelope,
                        event,
                        event.target().name());
            case DecodedEvent.Unknown(var type) ->
                of(
                        record,
                        headers,
                        type,
                        envelope(headers, Instant.ofEpochMilli(record.timestamp())),
                        null,
                        headers.getOrDefault("ce_partitionkey", record.key()));
        };
    }

    private static ReceivedEvent of(
            ConsumerRecord<String, byte[]> record,
            Map<String, String> headers,
            String type,
            Envelope envelope,
            @Nullable MigrationEvent event,
            @Nullable String target) {
        return new ReceivedEvent(
                Place.of(record), headers, StoredBody.of(record.value()), type, envelope, event, target);
    }

    /** What the history is told; nothing for an unknown type. */
    Optional<DecodedEvent.Known> known() {
        return Optional.ofNullable(event).map(known -> new DecodedEvent.Known(envelope, known));
    }

    PollWork.About about() {
        return new PollWork.About(event == null ? type : event.getClass().getSimpleName(), envelope, event);
    }

    /** The run that it is about; that of a request is known from its source and id before it begins. */
    @Nullable
    UUID runId() {
        return switch (event) {
            case RunFact fact -> fact.runId().value();
            case ApprovalGiven approval -> approval.runId().value();
            case CancellationRequested cancellation -> cancellation.runId().value();
            case MigrationRequested _, RollbackRequested _, BackupRequested _, RestoreRequested _ ->
                RunId.ofRequest(envelope.source(), envelope.id()).value();
            case RequestRejected rejected ->
                RunId.ofRequest(rejected.requestSource(), rejected.requestId()).value();
            case null -> place.topic().equals(Topics.EVENTS) ? uuid(envelope.subject()) : null;
        };
    }

    /** Of an unknown type, and so lenient about everything but what makes it unique. */
    private static Envelope envelope(Map<String, String> headers, Instant recordTime) {
        try {
            return new Envelope(
                    headers.getOrDefault("ce_id", ""),
                    headers.getOrDefault("ce_source", ""),
                    headers.getOrDefault("ce_subject", ""),
                    time(headers.get("ce_time"), recordTime),
                    headers.get("traceparent"));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent(String.valueOf(e.getMessage()), e);
        }
    }

    private static Instant time(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static @Nullable UUID uuid(String subject) {
        try {
            return RunId.of(subject).value();
        } catch (IllegalArgumentException e) {
            return null; // the subject of that type is something else
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8).replace('\0', '\uFFFD'));
            }
        }
        return headers;
    }
}
