package io.slipway.eventing.outbox;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How facts leave a service. */
@ConfigMapping(prefix = "slipway.outbox")
public interface OutboxConfig {
    /** When the relay looks without having been woken: rows of an instance that died before its relay took them. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** How soon the relay looks again while the relay of another instance of the service is at work. */
    @WithDefault("25ms")
    Duration contendedInterval();

    /**
     * The least time from one cycle to the next: what is committed meanwhile goes out together, at a fraction of the
     * cost. An event after a quieter time goes out at once. The executor's default is {@code 50ms}.
     */
    @WithDefault("25ms")
    Duration gatherInterval();

    /** How many records go out in one cycle at most: what is published twice when a process dies in between. */
    @WithDefault("200")
    int batchSize();

    /** How many bytes a cycle reads at most, beyond its first record: bounds the memory of the relay. */
    @WithDefault("8M")
    MemorySize batchBytes();

    /** The largest event that is accepted; above it the writer's transaction fails, because Kafka would refuse it for ever. */
    @WithDefault("24M")
    MemorySize maxEventBytes();

    /** How long Kafka may take to acknowledge a batch before it is given up and sent anew. */
    @WithDefault("15s")
    Duration publishTimeout();

    /** The longest pause between two tries while Kafka or the database is away. */
    @WithDefault("2s")
    Duration longestPause();

    /** How long the relay may fail before the service calls itself not ready. */
    @WithDefault("30s")
    Duration stuckAfter();
}
