package io.slipway.planner.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the policy, all below {@code slipway.policy}. */
@ConfigMapping(prefix = "slipway.policy")
public interface PolicyConfig {
    /**
     * The policy file, as docs/policy.md has it. Without one nothing is demanded of runs. A file that cannot be used stops
     * the start of the planner; later it leaves the policy in force that was.
     */
    Optional<Path> file();

    /**
     * How often the file is read again. A new version counts once two looks in a row have found it, so that a file of
     * which only half is written never does; so it takes up to twice this long.
     */
    @WithDefault("5s")
    Duration lookEvery();
}
