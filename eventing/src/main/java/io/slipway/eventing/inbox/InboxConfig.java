package io.slipway.eventing.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How records are taken in. */
@ConfigMapping(prefix = "slipway.inbox")
public interface InboxConfig {
    /**
     * How often a record is tried whose listener fails for a reason that is no outage; then it goes to the dead letters.
     * More than once, because a bug that depends on timing should not cost a record; few, because its target waits.
     */
    @WithDefault("4")
    int attempts();

    /** The first pause between two tries; it doubles each time. */
    @WithDefault("100ms")
    Duration firstPause();

    /** The longest pause between two tries while the database is away: what a recovered database is noticed after. */
    @WithDefault("2s")
    Duration longestPause();

    /** How long an event id is remembered. Longer than Kafka keeps records by default (7 days), so that a replay is safe. */
    @WithDefault("30d")
    Duration keep();
}
