package io.slipway.acceptance.stack;

import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.contracts.event.MigrationEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on one of Slipway's topics.
 *
 * @param event absent when it is no event that this version knows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Recorded(
        String topic,
        @Nullable String key,
        Map<String, String> headers,
        byte[] body,
        @Nullable MigrationEvent event) {
    private static final EventCodec CODEC = new EventCodec();

    static Recorded of(ConsumerRecord<String, byte[]> record) {
        var headers = new TreeMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return new Recorded(record.topic(), record.key(), headers, record.value(), decode(headers, record.value()));
    }

    private static @Nullable MigrationEvent decode(Map<String, String> headers, byte[] body) {
        try {
            return CODEC.decode(headers, body) instanceof DecodedEvent.Known(var _, var event) ? event : null;
        } catch (UnreadableEvent e) {
            return null; // bad input is tried too
        }
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** What CloudEvents make unique. */
    public String identity() {
        return header("ce_source") + " " + header("ce_id");
    }

    /** The event's name, such as {@code MigrationApplied}. */
    public String name() {
        return header("ce_type").replaceAll("^io\\.slipway\\.|\\.v1$", "");
    }

    /** All spans of one trace share it. */
    public String traceId() {
        var parts = header("traceparent").split("-");
        return parts.length == 4 ? parts[1] : "";
    }

    public MigrationEvent known() {
        return Objects.requireNonNull(event, () -> "not understood: " + headers);
    }
}
