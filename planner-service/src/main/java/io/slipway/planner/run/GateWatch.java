package io.slipway.planner.run;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.RunId;
import io.slipway.planner.PlannerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Notices that time has passed: a window that opened, an approval that came, a request that expired. */
@ApplicationScoped
class GateWatch {
    /** Most runs of each kind in one cycle; the next cycle takes the rest. */
    private static final int BATCH = 500;

    /** What a cycle did. */
    enum Outcome {
        NOTHING_DUE,
        LOOKED
    }

    private final RunStore store;
    private final Runs runs;
    private final Clock clock;

    GateWatch(RunStore store, Runs runs, Clock clock) {
        this.store = store;
        this.runs = runs;
        this.clock = clock;
    }

    @Produces
    @Singleton
    RecurringTask<Void> task(GateWatch watch, PlannerConfig config) {
        return Tasks.recurring("watch-gates", FixedDelay.of(config.gates().watchEvery()))
                .execute((instance, context) -> watch.cycle());
    }

    /** Each run in a transaction of its own, so that one that fails keeps no other waiting. */
    Outcome cycle() {
        Instant now = clock.instant();
        List<RunId> expired = store.expired(now, BATCH);
        expired.forEach(run -> QuarkusTransaction.requiringNew().run(() -> runs.expire(run, now)));
        List<RunId> due = store.held(now, BATCH);
        due.forEach(run -> QuarkusTransaction.requiringNew().run(() -> runs.lookAgain(run)));
        return expired.isEmpty() && due.isEmpty() ? Outcome.NOTHING_DUE : Outcome.LOOKED;
    }
}
