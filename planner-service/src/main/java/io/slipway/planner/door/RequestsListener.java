package io.slipway.planner.door;

import io.slipway.contracts.cloudevents.Envelope;
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
import io.slipway.planner.intake.Returns;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Requests from Kafka; those that came over HTTP pass here once more, and are known. */
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
    private final Returns returns;

    RequestsListener(Inbox inbox, Intake intake, Returns returns) {
        this.inbox = inbox;
        this.intake = intake;
        this.returns = returns;
    }

    @Incoming(Channels.REQUESTS)
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        if (returns.recognise(record)) {
            return;
        }
        refuseOtherTypes(record);
        inbox.receive(record, INTEREST, this::take, this::take); // a repeat may be a conflict: the intake knows
    }

    private void take(Envelope envelope, MigrationEvent event) {
        intake.take(Door.KAFKA, envelope, (Request) event);
    }

    /**
     * Elsewhere unknown types are passed over; a wish must not be lost in silence. Facts have no business here either.
     */
    private static void refuseOtherTypes(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader("ce_type");
        if (type == null || type.value() == null) {
            return; // the inbox says so
        }
        String name = new String(type.value(), StandardCharsets.UTF_8);
        if (EventTypes.byName(name).filter(INTEREST::contains).isEmpty()) {
            throw new UnreadableEvent("'%s' is no type of request that this version knows; send one of %s."
                    .formatted(
                            name,
                            INTEREST.stream().map(EventTypes::nameOf).sorted().toList()));
        }
    }
}
