package io.slipway.planner.door;

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
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
        inbox.receive(record, INTEREST, (envelope, event) -> intake.take(Door.KAFKA, envelope, (Request) event));
    }
}
