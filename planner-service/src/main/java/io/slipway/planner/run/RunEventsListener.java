package io.slipway.planner.run;

import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.eventing.inbox.Channels;
import io.slipway.eventing.inbox.Inbox;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what the other services say about runs. */
@ApplicationScoped
class RunEventsListener {
    private static final Set<Class<? extends MigrationEvent>> INTEREST = Set.of(
            ValidationPassed.class,
            ValidationFailed.class,
            BackupCompleted.class,
            BackupSkipped.class,
            BackupFailed.class,
            MigrationStarted.class,
            MigrationProgressed.class,
            MigrationApplied.class,
            MigrationFailed.class,
            RollbackApplied.class,
            RollbackFailed.class);

    private final Inbox inbox;
    private final Runs runs;

    RunEventsListener(Inbox inbox, Runs runs) {
        this.inbox = inbox;
        this.runs = runs;
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.receive(record, INTEREST, (envelope, event) -> runs.hear((RunFact) event));
    }
}
