package io.slipway.eventing.outbox;

import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.EncodedEvent;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.Fact;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.Request;
import io.slipway.eventing.AfterCommit;
import io.slipway.eventing.Lost;
import io.slipway.eventing.trace.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where a service says what happened: kept with the state that it tells of, sent once that state is committed. */
@ApplicationScoped
public class Outbox {
    private final EventCodec codec = new EventCodec();
    private final OutboxStore store;
    private final OutboxConfig config;
    private final RelayThread relay;
    private final AfterCommit afterCommit;
    private final Tracing tracing;
    private final String source;

    Outbox(
            OutboxStore store,
            OutboxConfig config,
            RelayThread relay,
            AfterCommit afterCommit,
            Tracing tracing,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.store = store;
        this.config = config;
        this.relay = relay;
        this.afterCommit = afterCommit;
        this.tracing = tracing;
        this.source = "/slipway/" + service;
    }

    /**
     * Publishes to {@code slipway.events} after commit, in the order of calls, with the current span as parent.
     *
     * @throws IllegalStateException outside a transaction, or when the event is larger than Kafka takes
     */
    public Envelope publish(Fact fact) {
        Envelope envelope = new Envelope(
                UUID.randomUUID().toString(), source, EventCodec.subjectOf(fact), Instant.now(), tracing.current());
        add(Topics.EVENTS, envelope, fact);
        return envelope;
    }

    /**
     * Publishes a request to {@code slipway.requests} under the id that its sender chose; otherwise the same.
     *
     * @return what the readers will see
     */
    public EncodedEvent publish(Envelope envelope, Request request) {
        Envelope traced = envelope.traceparent() != null
                ? envelope
                : new Envelope(
                        envelope.id(), envelope.source(), envelope.subject(), envelope.time(), tracing.current());
        return add(Topics.REQUESTS, traced, request);
    }

    private EncodedEvent add(String topic, Envelope envelope, MigrationEvent event) {
        afterCommit.once(RelayThread.class, relay::wake);
        EncodedEvent encoded = codec.encode(envelope, event);
        if (encoded.body().length > config.maxEventBytes().asLongValue()) {
            throw new IllegalStateException("A %s of %d bytes is too large to publish; at most %d bytes are allowed."
                    .formatted(
                            event.getClass().getSimpleName(),
                            encoded.body().length,
                            config.maxEventBytes().asLongValue()));
        }
        try {
            store.add(topic, encoded);
        } catch (SQLException e) {
            throw new Lost("The outbox could not be written", e);
        }
        return encoded;
    }
}
