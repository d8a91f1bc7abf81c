package io.slipway.audit.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the records of a topic are taken in. */
@ConfigMapping(prefix = "slipway.audit.intake")
interface IntakeConfig {
    /**
     * How far apart transactions begin while records keep coming, so that many of them share one: it costs about as much as
     * eight of the events in it. The history is then about twice this time behind. Zero takes each poll as it comes.
     */
    @WithDefault("100ms")
    Duration pace();

    /** How many transactions may run ahead of that pace: as many as two quick runs need, whose events are then not held up. */
    @WithDefault("20")
    int ahead();

    /** From how many records on a batch is followed by the next one at once: a backlog is worked off as fast as can be. */
    @WithDefault("50")
    int full();
}
