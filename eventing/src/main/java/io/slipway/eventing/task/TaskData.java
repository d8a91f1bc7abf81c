package io.slipway.eventing.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What is stored with a task besides its id.
 *
 * @param traceparent the span that scheduled it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskData(@Nullable String traceparent) {
    /** As JSON, so that a person can read the table and a later version can add to it. */
    static final class AsJson implements Serializer {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        @Override
        public byte @Nullable [] serialize(@Nullable Object data) {
            try {
                return data == null ? null : MAPPER.writeValueAsBytes(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] json) {
            try {
                return json == null ? null : MAPPER.readValue(json, type);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
