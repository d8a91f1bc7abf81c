package io.slipway.audit.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the history is worked out again from the stored events. */
@ConfigMapping(prefix = "slipway.audit.rebuild")
interface RebuildConfig {
    /** Whether to do it once at this start; new events wait until it is done. */
    @WithDefault("false")
    boolean onStart();

    /** How long it may take before it is given up and the old history stays; a million events take minutes. */
    @WithDefault("30m")
    Duration timeout();
}
