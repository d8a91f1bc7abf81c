package io.slipway.executor.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When scripts that run in batches pause for replicas. */
@ConfigMapping(prefix = "slipway.executor.batch")
public interface BatchConfig {
    /**
     * No batch begins while a replica is further behind than this, so that its readers do not see old rows for long. A marker's
     * {@code max-lag} goes before it.
     */
    @WithDefault("10s")
    Duration maxLag();

    /**
     * For how long a script waits for replicas in one go before the run fails with {@code REPLICATION_LAG}; requested again, it
     * goes on where it was. Long, because nothing is held meanwhile; not for ever, because a replica that never catches up
     * wants a person.
     */
    @WithDefault("1h")
    Duration lagBudget();
}
