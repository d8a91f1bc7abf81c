package io.slipway.eventing.task;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the tasks. A wake-up that finds all of them busy is lost to db-scheduler, and until half of them are free
 * it looks for no more; so each that becomes free before that has due tasks looked for, rather than idle until the next poll.
 */
final class Workers extends ThreadPoolExecutor {
    private final Runnable wake;

    Workers(int threads, Runnable wake) {
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("slipway-task-", 1).factory());
        this.wake = wake;
    }

    /** The thread itself still counts as busy here, but no longer for db-scheduler. */
    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
        super.afterExecute(task, thrown);
        if (getActiveCount() * 2 > getMaximumPoolSize() && !isShutdown()) {
            wake.run();
        }
    }
}
