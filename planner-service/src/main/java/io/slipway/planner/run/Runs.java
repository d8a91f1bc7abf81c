package io.slipway.planner.run;

import io.slipway.contracts.Hold;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunHeld;
import io.slipway.eventing.AfterCommit;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.eventing.task.Tasks;
import io.slipway.planner.run.Decision.Advanced;
import io.slipway.planner.run.Decision.Ignored;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Moves runs: every change of one happens here, in the caller's transaction, under the lock of its target. */
@ApplicationScoped
public class Runs {
    private static final Logger LOG = Logger.getLogger(Runs.class);

    private final RunStore store;
    private final Outbox outbox;
    private final Tasks tasks;
    private final PlanTask planTask;
    private final ClearTask clearTask;
    private final Aftermath aftermath;
    private final RunWatch watch;
    private final RunMetrics metrics;
    private final AfterCommit afterCommit;

    Runs(
            RunStore store,
            Outbox outbox,
            Tasks tasks,
            PlanTask planTask,
            ClearTask clearTask,
            Aftermath aftermath,
            RunWatch watch,
            RunMetrics metrics,
            AfterCommit afterCommit) {
        this.store = store;
        this.outbox = outbox;
        this.tasks = tasks;
        this.planTask = planTask;
        this.clearTask = clearTask;
        this.aftermath = aftermath;
        this.watch = watch;
        this.metrics = metrics;
        this.afterCommit = afterCommit;
    }

    /**
     * Puts a run at the end of its target's queue; it begins at once when it is alone there. A dry run changes nothing
     * and begins at once in any case; so does one that takes back what has failed in this very transaction, since whoever
     * waits would build on a half.
     *
     * @return what it is then
     */
    public RunState enqueue(Ticket ticket, Request request) {
        store.lock(ticket.target());
        Optional<RunId> before =
                ticket.dryRun() || ticket.cause() != null ? Optional.empty() : store.lastOpen(ticket.target());
        Run.Queued queued = new Run.Queued(ticket);
        store.add(queued, request);
        afterCommit.once(ticket, () -> metrics.accepted(ticket.kind()));
        if (before.isEmpty()) {
            return advance(queued, new Signal.TurnCame());
        }
        outbox.publish(new RunHeld(ticket.id(), ticket.target(), null, turn(ticket.target(), before.get())));
        return queued.state();
    }

    /** How many runs of a target have not ended; dry runs are not counted. */
    public int open(TargetId target) {
        return store.open(target);
    }

    /** Gives a run up, or has it stopped when it was released already. */
    public Cancellation cancel(CancellationRequested request) {
        store.lock(request.target());
        Optional<Run> found =
                store.lock(request.runId()).filter(run -> run.ticket().target().equals(request.target()));
        if (found.isEmpty()) {
            return new Cancellation.Unknown();
        }
        Run run = found.get();
        if (run instanceof Run.Ended) {
            return new Cancellation.TooLate(run.state());
        }
        return new Cancellation.Done(
                advance(run, new Signal.CancelAsked(request.requestedBy(), request.reason(), request.now())));
    }

    /** What another service says about a run. */
    void hear(RunFact fact) {
        signal(fact.runId(), fact.target(), new Signal.Heard(fact));
    }

    /** What a task of ours found out. */
    void signal(RunId id, Signal signal) {
        store.targetOf(id).ifPresent(target -> signal(id, target, signal));
    }

    private void signal(RunId id, TargetId target, Signal signal) {
        store.lock(target);
        store.lock(id)
                .filter(run -> run.ticket().target().equals(target))
                .ifPresentOrElse(
                        run -> advance(run, signal),
                        () -> LOG.warnf("A fact is about a run that this planner does not know; runId=%s", id));
    }

    /** Returns what the run is then. */
    private RunState advance(Run run, Signal signal) {
        return switch (RunRules.decide(run, signal)) {
            case Ignored(String why, boolean suspicious) -> {
                LOG.logf(
                        suspicious ? Logger.Level.WARN : Logger.Level.INFO,
                        "Nothing follows from an event; runId=%s reason=%s",
                        run.ticket().id(),
                        why);
                yield run.state();
            }
            case Advanced advanced -> {
                follow(run, signal, advanced);
                yield advanced.next().state();
            }
        };
    }

    private void follow(Run before, Signal signal, Advanced advanced) {
        Run next = advanced.next();
        Ticket ticket = next.ticket();
        List<RunFact> facts = advanced.facts().stream().map(this::whole).toList();
        store.save(next, Notes.of(signal, facts));
        facts.forEach(outbox::publish);
        schedule(next, advanced.work());
        afterCommit.once(new Changed(ticket.id()), () -> watch.changed(ticket.id()));
        if (before.state() != next.state()) {
            LOG.infof("A run went on; runId=%s target=%s state=%s", ticket.id(), ticket.target(), next.state());
        }
        if (signal instanceof Signal.Heard(RunFact fact)) {
            aftermath.hear(ticket, fact);
        }
        if (next instanceof Run.Ended) {
            afterCommit.once(next, () -> metrics.ended(next.state()));
            nextTurn(ticket.target());
        }
    }

    /** The rules know the scripts of a plan by their names only. */
    private RunFact whole(RunFact fact) {
        return fact instanceof DryRunCompleted dryRun
                ? store.plan(dryRun.runId())
                        .<RunFact>map(plan -> dryRun.withSql(plan.scripts().stream()
                                .map(script -> new ScriptFile(script.name(), script.sql()))
                                .toList()))
                        .orElse(fact)
                : fact;
    }

    private void schedule(Run run, Decision.Work work) {
        TaskKey key = new TaskKey(run.ticket().id(), StoredRun.round(run));
        switch (work) {
            case PLAN -> tasks.schedule(planTask, key.toString());
            case CLEAR -> tasks.schedule(clearTask, key.toString());
            case NONE -> {}
        }
    }

    private void nextTurn(TargetId target) {
        store.firstOpen(target)
                .filter(Run.Queued.class::isInstance)
                .ifPresent(next -> advance(next, new Signal.TurnCame()));
    }

    private static Hold turn(TargetId target, RunId behind) {
        return new Hold(
                Hold.Reason.TURN,
                "Run %s is before it; target '%s' has one run at a time.".formatted(behind, target),
                behind,
                null);
    }

    private record Changed(RunId run) {}
}
