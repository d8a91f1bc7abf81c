package io.slipway.contracts.cloudevents;

import io.slipway.contracts.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes around an event.
 *
 * @param id with {@code source} unique for ever; for a request the idempotency key
 * @param source who published it, a URI reference such as {@code /slipway/planner}
 * @param subject the run id of a fact; the target's name for a request or a rejection
 * @param traceparent W3C trace context, absent when the sender has none
 */
public record Envelope(
        String id,
        String source,
        String subject,
        Instant time,
        @Nullable String traceparent) {
    public Envelope {
        Required.text("ce_id", id, 200);
        Required.text("ce_source", source, 500);
        Required.present("ce_subject", subject);
        Required.present("ce_time", time);
    }
}
