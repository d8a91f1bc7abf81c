package io.slipway.validator.rehearsal;

import io.quarkus.runtime.configuration.MemorySize;
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

    /**
     * Of how many scripts without undo script one is derived and proved at most, at about a second each; 0 derives none.
     */
    @WithDefault("20")
    int derivedUndos();

    /** How many characters of derived undo scripts an event carries in all; the verdict has to fit into a message. */
    @WithDefault("200000")
    int maxUndoCharacters();

    /**
     * How many rows of each table are copied, so that a plan meets some; at most 100000. With 0, none. They are the first that a
     * plain {@code SELECT} finds, and are dropped with the scratch database; no message or event shows what they hold, but the
     * scratch server's own log may.
     */
    @WithDefault("0")
    int sampleRows();

    /** How many bytes of rows are copied in all. */
    @WithDefault("64M")
    MemorySize sampleBytes();

    /** The environments whose targets' rows are copied. Without it all are. */
    Optional<Set<String>> sampleEnvironments();

    /** The program that copies the schema. Without it the newest one of this machine is taken. */
    Optional<Path> pgDump();
}
