package io.slipway.eventing.task;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Runs db-scheduler in the service: its own threads, its own connections, its own short transactions. */
@ApplicationScoped
class TaskScheduler {
    private static final int MISSED_HEARTBEATS = 4; // the least that db-scheduler allows

    private final Scheduler scheduler;

    TaskScheduler(
            DataSource dataSource,
            TaskConfig config,
            Attempts attempts,
            @Any Instance<DurableTask> tasks,
            @Any Instance<RecurringTask<Void>> recurring) {
        List<RecurringTask<Void>> chores = recurring.stream().toList();
        List<Task<?>> known =
                tasks.stream().<Task<?>>map(task -> known(task, attempts)).toList();
        refuseSameNames(known);
        this.scheduler = Scheduler.create(dataSource, known)
                .startTasks(chores)
                .threads(config.threads())
                .executorService(new Workers(config.threads(), this::wake))
                .pollingInterval(config.pollInterval())
                // One statement finds, locks and fetches: a task starts one round trip after its wake-up.
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(config.heartbeatInterval())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(config.stopTimeout())
                .serializer(new TaskData.AsJson())
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .failureLogging(LogLevel.OFF, false) // Attempts says it, with the attempt and what follows
                .build();
    }

    void start(@Observes StartupEvent event) {
        scheduler.start();
    }

    void stop(@Observes ShutdownEvent event) {
        scheduler.stop();
    }

    void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    private static Task<TaskData> known(DurableTask task, Attempts attempts) {
        return com.github.kagkarlsson.scheduler.task.helper.Tasks.oneTime(task.name(), TaskData.class)
                .onFailure((attempt, operations) -> attempts.failed(task, attempt, operations))
                .onDeadExecution(attempts::dead)
                .execute((instance, context) -> attempts.run(task, instance));
    }

    private static void refuseSameNames(List<Task<?>> tasks) {
        Set<String> names = new HashSet<>();
        for (Task<?> task : tasks) {
            if (!names.add(task.getName())) {
                throw new IllegalStateException(
                        "Two durable tasks have the name '%s'; rename one.".formatted(task.getName()));
            }
        }
    }
}
