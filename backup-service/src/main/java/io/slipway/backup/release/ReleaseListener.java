package io.slipway.backup.release;

import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.RunReleased;
import io.slipway.eventing.Lost;
import io.slipway.eventing.inbox.Channels;
import io.slipway.eventing.inbox.Inbox;
import io.slipway.eventing.task.Tasks;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears of released runs and makes work of them. Nothing is dumped here: a listener must be done within a second. */
@ApplicationScoped
class ReleaseListener {
    private static final Set<Class<? extends MigrationEvent>> INTEREST = Set.of(RunReleased.class);

    private final Inbox inbox;
    private final ReleaseStore releases;
    private final Tasks tasks;
    private final BackupTask task;

    ReleaseListener(Inbox inbox, ReleaseStore releases, Tasks tasks, BackupTask task) {
        this.inbox = inbox;
        this.releases = releases;
        this.tasks = tasks;
        this.task = task;
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    void on(ConsumerRecord<String, byte[]> message) {
        inbox.receive(message, INTEREST, this::accept);
    }

    private void accept(Envelope envelope, MigrationEvent event) {
        if (event instanceof RunReleased released) {
            Release release = new Release(released.runId(), released.target(), released.plan(), released.backup());
            try {
                if (releases.add(release)) {
                    tasks.schedule(task, release.id());
                }
            } catch (SQLException e) {
                throw new Lost("The released run %s cannot be stored.".formatted(release.runId()), e);
            }
        }
    }
}
