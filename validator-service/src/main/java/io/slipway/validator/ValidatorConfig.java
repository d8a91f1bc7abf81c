package io.slipway.validator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of a validation. */
@ConfigMapping(prefix = "slipway.validator")
public interface ValidatorConfig {

    /** How many findings a verdict carries, the worst first. Nobody reads more, and an event must stay small. */
    @WithDefault("200")
    int maxFindings();

    /** For how long a target that does not answer is asked again. A restart of a server takes less. */
    @WithDefault("20s")
    Duration targetPatience();

    /** The pause before a target that did not answer is asked again; it doubles each time. */
    @WithDefault("500ms")
    Duration firstPause();
}
