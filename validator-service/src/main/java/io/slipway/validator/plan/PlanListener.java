package io.slipway.validator.plan;

import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
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

/** Hears of plans and makes work of them. */
@ApplicationScoped
class PlanListener {
    private static final Set<Class<? extends MigrationEvent>> INTEREST =
            Set.of(MigrationPlanned.class, RollbackPlanned.class);

    private final Inbox inbox;
    private final PlannedRunStore runs;
    private final Tasks tasks;
    private final ValidateTask task;

    PlanListener(Inbox inbox, PlannedRunStore runs, Tasks tasks, ValidateTask task) {
        this.inbox = inbox;
        this.runs = runs;
        this.tasks = tasks;
        this.task = task;
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    void on(ConsumerRecord<String, byte[]> message) {
        inbox.receive(message, INTEREST, this::accept);
    }

    private void accept(Envelope envelope, MigrationEvent event) {
        if (event instanceof MigrationPlanned planned) {
            accept(new PlannedRun(planned.runId(), planned.target(), planned.plan()));
        } else if (event instanceof RollbackPlanned planned) {
            accept(new PlannedRun(planned.runId(), planned.target(), planned.plan()));
        }
    }

    private void accept(PlannedRun run) {
        try {
            if (runs.add(run)) {
                tasks.schedule(task, run.id());
            }
        } catch (SQLException e) {
            throw new Lost("The plan of run %s cannot be stored.".formatted(run.runId()), e);
        }
    }
}
