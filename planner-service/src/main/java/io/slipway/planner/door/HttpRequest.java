package io.slipway.planner.door;

import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.Request;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request in CloudEvents' binary mode over HTTP: the attributes are headers, the body is the record. */
record HttpRequest(Envelope envelope, Request request) {
    private static final EventCodec CODEC = new EventCodec();
    private static final String DEFAULT_SOURCE = "/http";
    private static final String FIX_HEADERS =
            "Send CloudEvents 1.0 in binary mode: 'ce-type', 'Idempotency-Key' and optionally 'ce-source' as headers, the request as JSON in the body.";

    /** Either a request, or what is wrong with it. */
    sealed interface Read {
        record Readable(HttpRequest request) implements Read {}

        record Unreadable(Problem problem) implements Read {}
    }

    static Read read(HttpHeaders headers, byte[] body) {
        String type = headers.getHeaderString("ce-type");
        Optional<String> known = fullName(type);
        if (known.isEmpty()) {
            return new Read.Unreadable(Problem.invalid(
                    type == null || type.isBlank()
                            ? "The header 'ce-type' is missing."
                            : "The header 'ce-type' is '%s', which is no type of request.".formatted(type),
                    "Use one of " + names() + "."));
        }
        try {
            DecodedEvent decoded = CODEC.decode(attributes(headers, known.get()), body);
            if (decoded instanceof DecodedEvent.Known(Envelope envelope, Request request)) {
                return new Read.Readable(new HttpRequest(subject(envelope, request), request));
            }
            throw new IllegalStateException("A known type of request was read as " + decoded);
        } catch (UnreadableEvent e) {
            return new Read.Unreadable(Problem.invalid(String.valueOf(e.getMessage()), FIX_HEADERS));
        }
    }

    /**
     * The same as if it had been posted.
     *
     * @param key the sender's; the run and who asks make one otherwise
     */
    static HttpRequest cancellation(CancellationRequested request, @Nullable String key) {
        String id = key != null
                ? key
                : "cancel-%s-%s%s"
                        .formatted(request.runId(), digest(request.requestedBy()), request.now() ? "-now" : "");
        return new HttpRequest(
                new Envelope(id, DEFAULT_SOURCE, EventCodec.subjectOf(request), Instant.now(), null), request);
    }

    /** Names may be as long as a key on its own. */
    private static UUID digest(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> attributes(HttpHeaders headers, String type) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("ce_type", type);
        attributes.put("ce_id", key(headers));
        attributes.put(
                "ce_source",
                Optional.ofNullable(headers.getHeaderString("ce-source")).orElse(DEFAULT_SOURCE));
        attributes.put(
                "ce_time",
                Optional.ofNullable(headers.getHeaderString("ce-time"))
                        .orElseGet(() -> Instant.now().toString()));
        return attributes;
    }

    /** Without a key of the sender's every call is a request of its own. */
    private static String key(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString("Idempotency-Key"))
                .or(() -> Optional.ofNullable(headers.getHeaderString("ce-id")))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static Envelope subject(Envelope envelope, Request request) {
        return new Envelope(
                envelope.id(),
                envelope.source(),
                EventCodec.subjectOf(request),
                envelope.time(),
                envelope.traceparent());
    }

    private static Optional<String> fullName(@Nullable String type) {
        return EventTypes.all()
                .filter(Request.class::isAssignableFrom)
                .filter(known -> EventTypes.nameOf(known).equals(type)
                        || known.getSimpleName().equals(type))
                .map(EventTypes::nameOf)
                .findFirst();
    }

    private static String names() {
        return EventTypes.all()
                .filter(Request.class::isAssignableFrom)
                .map(Class::getSimpleName)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
