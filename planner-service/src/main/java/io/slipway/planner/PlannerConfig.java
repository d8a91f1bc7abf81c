package io.slipway.planner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the planner, all below {@code slipway.planner}. */
@ConfigMapping(prefix = "slipway.planner")
public interface PlannerConfig {
    /**
     * Directories from which requests may have scripts read, as a comma-separated list. A relative path in a request
     * starts at the first of them. Without any, only scripts that travel inside the request are taken.
     */
    Optional<List<Path>> scriptDirectories();

    /**
     * Most files that one directory may hold below it. A directory with more is hardly a Flyway project, and walking it
     * would keep other runs waiting.
     */
    @WithDefault("10000")
    int maxFiles();

    /**
     * Largest HTTP body, in bytes. Three times the bound on scripts: JSON escapes line ends and quotes, and the bound on
     * scripts gives the better message.
     */
    @WithDefault("15728640")
    int maxRequestBytes();

    /**
     * How long a target that does not answer is tried again before the run is cancelled. Long enough for a failover of
     * most managed databases to be noticed, short enough that a deployment hears of it at once.
     */
    @WithDefault("15s")
    Duration targetPatience();

    /**
     * How often a run whose target moved between plan and release is planned anew. Three: more means that someone else
     * migrates this database all the time, and people must settle that.
     */
    @WithDefault("3")
    int maxReplans();

    /** Settings of the long poll on a run, and of the stream of its events. */
    LongPoll longPoll();

    /** Settings of the long poll on a run, and of the stream of its events. */
    interface LongPoll {
        /** Longest wait that a caller may ask for; proxies commonly cut a silent connection after 60 seconds. */
        @WithDefault("60s")
        Duration maxWait();

        /** How often a waiting call looks by itself, for changes that another instance of the planner made. */
        @WithDefault("1s")
        Duration lookEvery();

        /**
         * How long a stream of events may be silent before a comment keeps it alive; proxies commonly cut a silent
         * connection after 60 seconds, and some after 30.
         */
        @WithDefault("15s")
        Duration keepAlive();

        /**
         * How many calls and streams may wait at once. The next calls are answered at once with what is known, the next
         * streams are refused with 503.
         */
        @WithDefault("1000")
        int maxWaiting();
    }
}
