package io.slipway.contracts.cloudevents;

import io.slipway.contracts.event.MigrationEvent;

/** What a record says: an event that this version knows, or one of a type that it does not. */
public sealed interface DecodedEvent {
    /** An event with its envelope. */
    record Known(Envelope envelope, MigrationEvent event) implements DecodedEvent {}

    /** A type that this version does not know: to be passed over, never to stop for. */
    record Unknown(String type) implements DecodedEvent {}
}
