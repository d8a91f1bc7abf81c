package io.slipway.eventing.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How durable tasks run. */
@ConfigMapping(prefix = "slipway.tasks")
public interface TaskConfig {
    /** How many tasks run at a time; the connection pool must hold one connection for each. */
    @WithDefault("8")
    int threads();

    /** When due tasks are looked for without a wake-up: those of other instances, and those with a later time. */
    @WithDefault("1s")
    Duration pollInterval();

    /**
     * How often a running task says that it lives. One that was silent for four intervals, and still is two intervals
     * later, is dead and runs again: at most nine seconds after its process with the default.
     */
    @WithDefault("1s")
    Duration heartbeatInterval();

    /** The pause after a first failure; it doubles each time. */
    @WithDefault("200ms")
    Duration firstPause();

    /** The longest pause between two attempts. */
    @WithDefault("30s")
    Duration longestPause();

    /** How long running tasks may take to end when the service stops; then they are interrupted and run again later. */
    @WithDefault("5s")
    Duration stopTimeout();
}
