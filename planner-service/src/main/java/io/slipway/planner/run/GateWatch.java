package io.slipway.planner.run;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Hold;
import io.slipway.contracts.RunId;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.eventing.Lost;
import io.slipway.planner.PlannerConfig;
import io.slipway.planner.gate.Gate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Notices that time has passed: a window that opened, an approval that came, a request that expired. */
@ApplicationScoped
class GateWatch {
    private static final Logger LOG = Logger.getLogger(GateWatch.class);

    /** Most runs of each kind in one cycle; the next cycle takes the rest. */
    private static final int BATCH = 500;

    /** What a cycle did. */
    enum Outcome {
        NOTHING_DUE,
        LOOKED
    }

    private final DueRunStore due;
    private final RunStore store;
    private final Runs runs;
    private final Gates gates;
    private final Clock clock;
    private final MeterRegistry metrics;

    GateWatch(DueRunStore due, RunStore store, Runs runs, Gates gates, Clock clock, MeterRegistry metrics) {
        this.due = due;
        this.store = store;
        this.runs = runs;
        this.gates = gates;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Produces
    @Singleton
    RecurringTask<Void> task(GateWatch watch, PlannerConfig config) {
        return Tasks.recurring("watch-gates", FixedDelay.of(config.gates().watchEvery()))
                .execute((instance, context) -> watch.cycle());
    }

    Outcome cycle() {
        Instant now = clock.instant();
        List<RunId> expired = due.expired(now, BATCH);
        expired.forEach(run -> each(run, () -> runs.signal(run, new Signal.Expired(now))));
        List<RunId> held = due.held(now, BATCH);
        held.forEach(run -> each(run, () -> lookAgain(run)));
        Outcome outcome = expired.isEmpty() && held.isEmpty() ? Outcome.NOTHING_DUE : Outcome.LOOKED;
        metrics.counter("slipway.gate.watched", "outcome", outcome.name()).increment();
        return outcome;
    }

    /** In a transaction of its own, so that a run that cannot be looked at keeps no other waiting. */
    private static void each(RunId run, Runnable work) {
        try {
            QuarkusTransaction.requiringNew().run(work);
        } catch (Lost e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "A waiting run could not be looked at; the next cycle tries again; runId=%s", run);
        }
    }

    private void lookAgain(RunId id) {
        store.targetOf(id).ifPresent(store::lock);
        if (store.lock(id).orElse(null) instanceof Run.Held held) {
            gates.look(id).ifPresent(gate -> lookAgain(held, gate));
        }
    }

    private void lookAgain(Run.Held held, Gate gate) {
        RunId id = held.ticket().id();
        switch (gate) {
            case Gate.Open _ -> runs.signal(id, new Signal.GateOpened(held.round()));
            case Gate.Refused(Failure failure) ->
                runs.signal(id, new Signal.Stopped(held.round(), Cause.PLAN_REFUSED, failure));
            case Gate.Shut(Hold hold) when RunRules.sameHold(held.why(), hold) -> due.lookLater(held);
            case Gate.Shut(Hold hold) -> runs.signal(id, new Signal.MustWait(held.round(), hold));
        }
    }
}
