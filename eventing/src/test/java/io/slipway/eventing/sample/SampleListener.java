package io.slipway.eventing.sample;

import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.RunHeld;
import io.slipway.eventing.inbox.Channels;
import io.slipway.eventing.inbox.Inbox;
import io.slipway.eventing.task.Tasks;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes in {@code RunHeld}; the detail says what it does then. */
@ApplicationScoped
class SampleListener {
    private static final Set<Class<? extends MigrationEvent>> INTEREST = Set.of(RunHeld.class);

    private final Inbox inbox;
    private final SampleStore store;
    private final Tasks tasks;
    private final SampleTask task;

    SampleListener(Inbox inbox, SampleStore store, Tasks tasks, SampleTask task) {
        this.inbox = inbox;
        this.store = store;
        this.tasks = tasks;
        this.task = task;
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.receive(record, INTEREST, this::handle);
    }

    private void handle(Envelope envelope, MigrationEvent event) {
        RunHeld held = (RunHeld) event;
        String detail = held.hold().detail();
        store.seen(envelope, held.target().name(), detail);
        if (detail.startsWith("bug")) {
            throw new IllegalStateException("A bug that no retry repairs");
        }
        if (detail.startsWith("task ")) {
            tasks.schedule(task, detail.substring("task ".length()));
        }
    }
}
