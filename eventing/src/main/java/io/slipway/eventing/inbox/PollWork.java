package io.slipway.eventing.inbox;

import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.contracts.event.MigrationEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a service makes of the records of a poll.
 *
 * @param read an event out of a record, empty when it is of no interest; throws {@link UnreadableEvent} for poison
 * @param about what spans, metrics and logs say of an event
 * @param take takes events in, in their order and in the transaction that is under way; returns those that came for the
 *     first time
 */
public record PollWork<E>(
        Function<ConsumerRecord<String, byte[]>, Optional<E>> read,
        Function<E, About> about,
        UnaryOperator<List<E>> take) {
    /**
     * An event as spans, metrics and logs name it.
     *
     * @param event absent when this version does not know the type
     */
    public record About(
            String name, Envelope envelope, @Nullable MigrationEvent event) {}
}
