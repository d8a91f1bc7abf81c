package io.slipway.planner.door;

import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RestoreRequested;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.eventing.inbox.Channels;
import io.slipway.eventing.inbox.Inbox;
import io.slipway.planner.intake.Door;
import io.slipway.planner.intake.Intake;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Requests from Kafka; those that came over HTTP pass here once more, and the inbox knows them. */
@ApplicationScoped
class RequestsListener {
    private static final Set<Class<? extends MigrationEvent>> INTEREST = Set.of(
            MigrationRequested.class,
            RollbackRequested.class,
            BackupRequested.class,
            RestoreRequested.class,
            ApprovalGiven.class,
            CancellationRequested.class);

    private final Inbox inbox;
    private final Intake intake;

    RequestsListener(Inbox inbox, Intake intake) {
        this.inbox = inbox;
        this.intake = intake;
    }

    @Incoming(Channels.REQUESTS)
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        refuseUnknownType(record);
        inbox.receive(record, INTEREST, (envelope, event) -> intake.take(Door.KAFKA, envelope, (Request) event));
    }

    /**
     * Readers of facts pass over what they do not know. A request that nobody knows would go unanswered, and here is who
     * would have to answer it.
     */
    private static void refuseUnknownType(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader("ce_type");
        String type = header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        boolean known =
                EventTypes.byName(type).filter(Request.class::isAssignableFrom).isPresent();
        if (!known && !type.isBlank()) {
            throw new UnreadableEvent("'ce_type' is '%s', which is no type of request that this planner knows; it takes %s."
                    .formatted(
                            type,
                            INTEREST.stream().map(EventTypes::nameOf).sorted().collect(Collectors.joining(", "))));
        }
    }
}
