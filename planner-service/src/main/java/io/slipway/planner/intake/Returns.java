package io.slipway.planner.intake;

import io.slipway.contracts.cloudevents.EncodedEvent;
import io.slipway.eventing.AfterCommit;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The requests that this process has taken over HTTP and sent to Kafka, until they come back from there. Such a return
 * needs no look into the database. What is not found here, after a restart or because there were too many, goes the way
 * of every record, which tells a repeat as well.
 */
@ApplicationScoped
public class Returns {
    /** At 200 requests a second, the returns of most of a minute; 1 MiB or two. */
    private static final int MOST = 10_000;

    private final Map<Key, ByteBuffer> expected = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, ByteBuffer> eldest) {
            return size() > MOST;
        }
    });
    private final AfterCommit afterCommit;

    Returns(AfterCommit afterCommit) {
        this.afterCommit = afterCommit;
    }

    /** To be called in the transaction that takes the request in; counts once it is committed. */
    void expect(EncodedEvent sent) {
        Key key = Key.of(sent.headers().get("ce_source"), sent.headers().get("ce_id"));
        ByteBuffer content = content(sent.headers().get("ce_type"), sent.body());
        afterCommit.once(key, () -> expected.put(key, content));
    }

    /** Whether the record is one that was sent, unchanged; says so once. */
    public boolean recognise(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return false;
        }
        ByteBuffer content = content(text(record, "ce_type"), record.value());
        return expected.remove(Key.of(text(record, "ce_source"), text(record, "ce_id")), content);
    }

    /** Another sender may use the same source and id for another content, which is a conflict to be told. */
    private static ByteBuffer content(@Nullable String type, byte[] body) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(String.valueOf(type).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(sha.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static @Nullable String text(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private record Key(String source, String id) {
        static Key of(@Nullable String source, @Nullable String id) {
            return new Key(String.valueOf(source), String.valueOf(id));
        }
    }
}
