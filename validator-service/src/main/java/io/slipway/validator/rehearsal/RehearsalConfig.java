package io.slipway.validator.rehearsal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Where and for whom plans are rehearsed. */
@ConfigMapping(prefix = "slipway.validator.rehearsal")
public interface RehearsalConfig {

    /**
     * The name under {@code slipway.targets} of a database whose server takes the scratch databases; its role must be allowed
     * to create databases. The server should be of the targets' major version and is best not theirs. Without it nothing is
     * rehearsed.
     */
    Optional<String> server();

    /** The environments whose targets' plans are rehearsed. Without it all are. */
    Optional<Set<String>> environments();

    /** For how long a rehearsal may take in all; what is not done by then is reported as not rehearsed. */
    @WithDefault("2m")
    Duration timeout();

    /** How many statements are run; a longer plan is data rather than schema. */
    @WithDefault("2000")
    int maxStatements();

    /** How many statements that did not do what was predicted an event carries. */
    @WithDefault("50")
    int maxMismatches();

    /** The program that copies the schema. Without it the newest one of this machine is taken. */
    Optional<Path> pgDump();
}
