package io.slipway.eventing.inbox;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Forgets old event ids once an hour, on one instance of the service. */
@ApplicationScoped
class InboxPruning {
    private static final Duration EVERY = Duration.ofHours(1);

    @Produces
    @Singleton
    RecurringTask<Void> task(InboxStore store, InboxConfig config) {
        return Tasks.recurring("prune-inbox", FixedDelay.of(EVERY)).execute((instance, context) -> {
            try {
                store.prune(Instant.now().minus(config.keep()));
            } catch (SQLException e) {
                throw new Lost("Old event ids could not be forgotten", e);
            }
        });
    }
}
