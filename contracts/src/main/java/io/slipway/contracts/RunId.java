package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
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

    private static String unusable(String text) {
        return "A run id is a UUID, but got '%s'.".formatted(text);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
