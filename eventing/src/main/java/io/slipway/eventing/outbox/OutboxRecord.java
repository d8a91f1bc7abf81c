package io.slipway.eventing.outbox;

import java.util.Map;

/**
 * A record on its way to Kafka.
 *
 * @param seq its place in the order of the outbox
 */
@SuppressWarnings("ArrayRecordComponent") // a transport value: never compared
record OutboxRecord(long seq, String topic, String key, Map<String, String> headers, byte[] body) {
    OutboxRecord {
        headers = Map.copyOf(headers);
    }
}
