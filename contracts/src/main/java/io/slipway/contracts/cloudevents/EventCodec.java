package io.slipway.contracts.cloudevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.event.Fact;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RunFact;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns events into records and back. Thread-safe. */
public final class EventCodec {
    private static final String CONTENT_TYPE = "application/json";

    private final ObjectMapper mapper = EventJson.mapper();

    public EncodedEvent encode(Envelope envelope, MigrationEvent event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", envelope.id());
        headers.put("ce_source", envelope.source());
        headers.put("ce_type", EventTypes.nameOf(event.getClass()));
        headers.put("ce_subject", envelope.subject());
        headers.put("ce_time", envelope.time().toString());
        headers.put("ce_partitionkey", event.target().name());
        headers.put("content-type", CONTENT_TYPE);
        if (envelope.traceparent() != null) {
            headers.put("traceparent", envelope.traceparent());
        }
        return new EncodedEvent(event.target().name(), headers, json(event));
    }

    /** The subject that an event of this kind has: the run of a fact, the target of everything else. */
    public static String subjectOf(MigrationEvent event) {
        return switch (event) {
            case Request request -> request.target().name();
            case Fact fact ->
                switch (fact) {
                    case RequestRejected rejected -> rejected.target().name();
                    case RunFact run -> run.runId().toString();
                };
        };
    }

    /**
     * @param headers names as on Kafka; other headers are ignored
     * @throws UnreadableEvent when it is no CloudEvent, no JSON, or breaks an invariant of its type
     */
    public DecodedEvent decode(Map<String, String> headers, byte @Nullable [] body) {
        String name = required(headers, "ce_type");
        var type = EventTypes.byName(name);
        if (type.isEmpty()) {
            return new DecodedEvent.Unknown(name);
        }
        if (body == null || body.length == 0) {
            throw new UnreadableEvent("The record of type %s has no body; expected a JSON object.".formatted(name));
        }
        return new DecodedEvent.Known(envelope(headers), read(type.get(), body));
    }

    private Envelope envelope(Map<String, String> headers) {
        try {
            return new Envelope(
                    required(headers, "ce_id"),
                    required(headers, "ce_source"),
                    headers.getOrDefault("ce_subject", ""),
                    time(headers.get("ce_time")),
                    headers.get("traceparent"));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent(String.valueOf(e.getMessage()), e);
        }
    }

    private MigrationEvent read(Class<? extends MigrationEvent> type, byte[] body) {
        try {
            MigrationEvent event = mapper.readValue(body, type);
            if (event == null) {
                throw new UnreadableEvent("The body is JSON null; expected an object of type " + type.getSimpleName());
            }
            return event;
        } catch (JsonProcessingException e) {
            throw new UnreadableEvent(
                    "The body is no valid %s: %s".formatted(type.getSimpleName(), JsonReason.of(e)), e);
        } catch (IOException e) {
            throw new UnreadableEvent("The body cannot be read as JSON: " + e.getMessage(), e);
        }
    }

    private byte[] json(MigrationEvent event) {
        try {
            return mapper.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event of our own cannot be written as JSON: " + event.getClass(), e);
        }
    }

    private static Instant time(@Nullable String text) {
        if (text == null) {
            return Instant.now();
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UnreadableEvent("'ce_time' must be an RFC 3339 time, but got '%s'.".formatted(text), e);
        }
    }

    private static String required(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null || value.isBlank()) {
            throw new UnreadableEvent(
                    "The header '%s' is missing: Slipway reads CloudEvents 1.0 in binary mode.".formatted(name));
        }
        return value;
    }
}
