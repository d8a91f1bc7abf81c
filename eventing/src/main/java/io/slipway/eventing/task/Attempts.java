package io.slipway.eventing.task;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.eventing.Lost;
import io.slipway.eventing.trace.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What happens around one attempt at a task: its span, its retry, its end, and its revival after its process died. */
@ApplicationScoped
class Attempts {
    private static final Logger LOG = Logger.getLogger(Attempts.class);

    private final Set<Key> running = ConcurrentHashMap.newKeySet();
    private final Map<Key, Instant> silentSince = new ConcurrentHashMap<>();
    private final RetryRules retry;
    private final TaskStore store;
    private final Tracing tracing;
    private final MeterRegistry metrics;

    Attempts(TaskConfig config, TaskStore store, Tracing tracing, MeterRegistry metrics) {
        this.retry = new RetryRules(config.firstPause(), config.longestPause());
        this.store = store;
        this.tracing = tracing;
        this.metrics = metrics;
    }

    void run(DurableTask task, TaskInstance<TaskData> instance) {
        Key key = new Key(instance.getTaskName(), instance.getId());
        running.add(key);
        try {
            tracing.inSpan(
                    task.name(), SpanKind.INTERNAL, parent(instance.getData()), () -> task.run(instance.getId()));
        } catch (Exception e) {
            throw new AttemptFailed(e);
        } finally {
            running.remove(key);
        }
        count(task, "DONE");
    }

    void failed(DurableTask task, ExecutionComplete attempt, ExecutionOperations<TaskData> operations) {
        Execution execution = attempt.getExecution();
        Exception cause = AttemptFailed.unwrap(attempt.getCause().orElse(null));
        int failures = execution.consecutiveFailures + 1;
        if (retry.exhausted(failures, task.maxAttempts())) {
            try {
                QuarkusTransaction.requiringNew().run(() -> giveUp(task, execution, cause));
                count(task, "GIVEN_UP");
                return;
            } catch (RuntimeException e) {
                LOG.error("A task could not be given up; it is tried once more", e);
            }
        } else {
            LOG.warnf(
                    cause,
                    "A task failed and is tried again: task=%s id=%s attempt=%d",
                    task.name(),
                    execution.getId(),
                    failures);
        }
        count(task, "FAILED");
        operations.reschedule(attempt, Instant.now().plus(retry.pauseAfter(failures)));
    }

    /**
     * Revives a task only at the second sight of the same silence. After an outage of the database every running task
     * looks silent; between two sights the living ones have time to say so, and none runs twice.
     */
    void dead(ExecutionComplete attempt, ExecutionOperations<TaskData> operations) {
        Execution execution = attempt.getExecution();
        Key key = new Key(execution.getTaskName(), execution.getId());
        if (running.contains(key)) {
            return;
        }
        Instant heartbeat = execution.lastHeartbeat;
        if (heartbeat != null && !heartbeat.equals(silentSince.put(key, heartbeat))) {
            return;
        }
        silentSince.remove(key);
        LOG.warnf("The process of a task died; the task runs again: task=%s id=%s", key.name(), key.id());
        operations.reschedule(attempt, Instant.now());
    }

    private void giveUp(DurableTask task, Execution execution, Exception cause) {
        LOG.errorf(
                cause,
                "A task has used up its attempts and is given up: task=%s id=%s",
                task.name(),
                execution.getId());
        TaskData data = (TaskData) execution.taskInstance.getData();
        tracing.inSpan(task.name() + " given up", SpanKind.INTERNAL, parent(data), () -> {
            task.giveUp(execution.getId(), cause);
            remove(task, execution);
        });
    }

    private void remove(DurableTask task, Execution execution) {
        try {
            if (!store.remove(task.name(), execution.getId(), execution.version)) {
                throw new IllegalStateException("Another instance has taken the task over: " + execution.getId());
            }
        } catch (SQLException e) {
            throw new Lost("The task could not be removed", e);
        }
    }

    private void count(DurableTask task, String outcome) {
        metrics.counter("slipway.task.executed", "task", task.name(), "outcome", outcome)
                .increment();
    }

    private static @Nullable String parent(@Nullable TaskData data) {
        return data == null ? null : data.traceparent();
    }

    private record Key(String name, String id) {}
}
