package io.slipway.validator.plan;

import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.eventing.Lost;
import io.slipway.eventing.inbox.Channels;
import io.slipway.eventing.inbox.Inbox;
import io.slipway.eventing.task.Tasks;
import io.slipway.validator.check.backup.BackupStore;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears of plans and makes work of them; hears of backups and remembers them for the check. */
@ApplicationScoped
class PlanListener {
    private static final Set<Class<? extends MigrationEvent>> INTEREST =
            Set.of(MigrationPlanned.class, RollbackPlanned.class, BackupCompleted.class, BackupSkipped.class);

    private final Inbox inbox;
    private final PlannedRunStore runs;
    private final BackupStore backups;
    private final Tasks tasks;
    private final ValidateTask task;

    PlanListener(Inbox inbox, PlannedRunStore runs, BackupStore backups, Tasks tasks, ValidateTask task) {
        this.inbox = inbox;
        this.runs = runs;
        this.backups = backups;
        this.tasks = tasks;
        this.task = task;
    }

    @Incoming(Channels.EVENTS)
    @Blocking
    void on(ConsumerRecord<String, byte[]> message) {
        inbox.receive(message, INTEREST, this::accept);
    }

    private void accept(Envelope envelope, MigrationEvent event) {
        try {
            if (event instanceof MigrationPlanned fact) {
                accept(new PlannedRun(fact.runId(), fact.target(), fact.plan(), fact.environment()));
            } else if (event instanceof RollbackPlanned fact) {
                accept(new PlannedRun(fact.runId(), fact.target(), fact.plan(), fact.environment()));
            } else if (event instanceof BackupCompleted fact) {
                backups.completed(fact, envelope.time());
            } else if (event instanceof BackupSkipped fact) {
                backups.skipped(fact, envelope.time());
            }
        } catch (SQLException e) {
            throw new Lost("What was heard of %s cannot be stored.".formatted(envelope.subject()), e);
        }
    }

    private void accept(PlannedRun run) throws SQLException {
        if (runs.add(run)) {
            tasks.schedule(task, run.id());
        }
    }
}
