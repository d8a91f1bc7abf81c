package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Names one run: the way of one accepted request from its plan to its end. */
public record RunId(@JsonValue UUID value) {
    public RunId {
        Required.present("runId", value);
    }

    @JsonCreator
    public static RunId of(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) { // Java also reads shortened forms
                return new RunId(uuid);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(unusable(text), e);
        }
        throw new IllegalArgumentException(unusable(text));
    }

    public static RunId random() {
        return new RunId(UUID.randomUUID());
    }

    /**
     * The run of a request, from the CloudEvents {@code source} and {@code id} that its sender chose: whoever sends a request
     * over Kafka knows its run without asking.
     */
    public static RunId ofRequest(String source, String id) {
        byte[] sha = sha256(source.length() + ":" + source + id);
        ByteBuffer bits = ByteBuffer.wrap(sha);
        long most = (bits.getLong() & ~0xF000L) | 0x8000L; // version 8: made by a rule of one's own
        long least = (bits.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new RunId(new UUID(most, least));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static String unusable(String text) {
        return "A run id is a UUID, but got '%s'.".formatted(text);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
