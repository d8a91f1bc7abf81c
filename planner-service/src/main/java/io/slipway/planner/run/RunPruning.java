package io.slipway.planner.run;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.slipway.planner.PlannerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Forgets runs that ended long ago, and the keys of old requests, once an hour on one instance of the planner. */
@ApplicationScoped
class RunPruning {
    private static final Duration EVERY = Duration.ofHours(1);

    @Produces
    @Singleton
    RecurringTask<Void> task(DueRunStore store, PlannerConfig config, Clock clock) {
        return Tasks.recurring("prune-runs", FixedDelay.of(EVERY))
                .execute((instance, context) -> store.prune(clock.instant().minus(config.keep())));
    }
}
