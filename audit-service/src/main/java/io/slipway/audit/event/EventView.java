package io.slipway.audit.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One stored event as the API shows it.
 *
 * @param seq position in the store, in the order of arrival
 * @param runId absent for types that this version does not know and that name no run
 * @param body absent when the record had none, or one that is no JSON
 * @param raw the body as text where it is no JSON that the database could hold
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventView(
        long seq,
        String source,
        String id,
        String type,
        String subject,
        @Nullable String target,
        @Nullable UUID runId,
        Instant time,
        Instant receivedAt,
        String topic,
        int partition,
        long offset,
        @JsonRawValue @Schema(implementation = Object.class) String headers,

        @JsonRawValue @Schema(implementation = Object.class) @Nullable
        String body,

        @Nullable String raw) {}
