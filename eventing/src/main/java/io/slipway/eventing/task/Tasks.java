package io.slipway.eventing.task;

import io.slipway.eventing.AfterCommit;
import io.slipway.eventing.Lost;
import io.slipway.eventing.trace.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Schedules durable tasks inside the caller's transaction: after a rollback there is no task, after a commit it runs on
 * some instance of the service even if this process dies at once.
 */
@ApplicationScoped
public class Tasks {
    private final TaskData.AsJson json = new TaskData.AsJson();
    private final TaskStore store;
    private final TaskScheduler scheduler;
    private final AfterCommit afterCommit;
    private final Tracing tracing;

    Tasks(TaskStore store, TaskScheduler scheduler, AfterCommit afterCommit, Tracing tracing) {
        this.store = store;
        this.scheduler = scheduler;
        this.afterCommit = afterCommit;
        this.tracing = tracing;
    }

    /** Runs the task at once after the commit. */
    public void schedule(DurableTask task, String id) {
        schedule(task, id, Instant.now());
    }

    /**
     * Runs the task at a time. While a task of that name and id is scheduled or runs, nothing is added: choose an id
     * that names the work itself, not something that may change while it runs.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void schedule(DurableTask task, String id, Instant at) {
        schedule(task, List.of(new Due(id, null)), at);
    }

    /**
     * A task to be run.
     *
     * @param traceparent the trace that it goes on with; absent means that of the span that is under way
     */
    public record Due(String id, @Nullable String traceparent) {}

    /** Runs the tasks at once after the commit. */
    public void schedule(DurableTask task, List<Due> due) {
        if (!due.isEmpty()) {
            schedule(task, due, Instant.now());
        }
    }

    private void schedule(DurableTask task, List<Due> due, Instant at) {
        afterCommit.once(TaskScheduler.class, scheduler::wake);
        SortedMap<String, byte @Nullable []> added = new TreeMap<>();
        for (Due each : due) {
            String traceparent = each.traceparent() == null ? tracing.current() : each.traceparent();
            added.put(each.id(), json.serialize(new TaskData(traceparent)));
        }
        try {
            store.add(task.name(), added, at);
        } catch (SQLException e) {
            throw new Lost("The task could not be scheduled", e);
        }
    }
}
