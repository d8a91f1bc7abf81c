package io.slipway.validator.plan;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.slipway.eventing.Lost;
import io.slipway.validator.ValidatorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Forgets old verdicts once an hour, on one instance of the service. */
@ApplicationScoped
class VerdictPruning {
    private static final Duration EVERY = Duration.ofHours(1);

    @Produces
    @Singleton
    RecurringTask<Void> task(PlannedRunStore runs, ValidatorConfig config) {
        return Tasks.recurring("prune-verdicts", FixedDelay.of(EVERY)).execute((instance, context) -> {
            try {
                runs.forget(Instant.now().minus(config.keepVerdicts()));
            } catch (SQLException e) {
                throw new Lost("Old verdicts could not be forgotten", e);
            }
        });
    }
}
