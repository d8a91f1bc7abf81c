package io.slipway.executor.slot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How many runs are executed at a time. */
@ConfigMapping(prefix = "slipway.executor")
public interface SlotsConfig {
    /**
     * How many runs this executor executes at a time: 1 to 200. A run is one session at work on its target and a thread that
     * mostly waits for it. {@code slipway.tasks.threads} follows it; beyond 8 give {@code quarkus.datasource.jdbc.max-size}
     * 8 connections more than runs.
     */
    @WithDefault("8")
    int runs();

    /**
     * How many runs are executed at a time on one database server, by all executors together: 1 to 200. More wait for a
     * slot, first come first served. A server is the host and the port of a target, as they are written. Four keep a server
     * of a few cores busy with DDL and leave it room for its application.
     */
    @WithDefault("4")
    int runsPerServer();

    /** The same for the one server at this host and port, such as {@code slipway.executor.server-runs."db1:5432"}. */
    Map<String, Integer> serverRuns();
}
