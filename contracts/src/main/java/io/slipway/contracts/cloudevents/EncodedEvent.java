package io.slipway.contracts.cloudevents;

import java.util.Map;

/**
 * An event ready for a transport.
 *
 * @param key the record key: the target's name
 * @param headers names as on Kafka, {@code ce_id} and so on
 * @param body JSON, UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // a transport value: never compared
public record EncodedEvent(String key, Map<String, String> headers, byte[] body) {
    public EncodedEvent {
        headers = Map.copyOf(headers);
    }
}
