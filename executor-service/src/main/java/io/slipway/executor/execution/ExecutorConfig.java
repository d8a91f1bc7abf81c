package io.slipway.executor.execution;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the executor service. */
@ConfigMapping(prefix = "slipway.executor")
public interface ExecutorConfig {
    /**
     * The least time between two progress events of a run; up to a second more passes between them. Shorter floods the
     * topic, longer looks dead to a person.
     */
    @WithDefault("1s")
    Duration progressInterval();

    /** How many progress events of a run keep to that interval; from then on there is one a minute. */
    @WithDefault("10000")
    int progressLimit();
}
