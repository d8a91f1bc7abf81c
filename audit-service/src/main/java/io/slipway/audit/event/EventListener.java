package io.slipway.audit.event;

import io.slipway.eventing.inbox.Channels;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes the records of both topics; each topic on its own, in order within a partition. */
@ApplicationScoped
class EventListener {
    private final Intake intake;

    EventListener(Intake intake) {
        this.intake = intake;
    }

    @Incoming(Channels.REQUESTS)
    @Blocking
    void onRequest(ConsumerRecord<String, byte[]> record) {
        intake.take(record);
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    void onEvent(ConsumerRecord<String, byte[]> record) {
        intake.take(record);
    }
}
