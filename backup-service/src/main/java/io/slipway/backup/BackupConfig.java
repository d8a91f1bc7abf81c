package io.slipway.backup;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How, where and for how long backups are kept. */
@ConfigMapping(prefix = "slipway.backup")
public interface BackupConfig {

    /** Where the dumps go, one folder per target. Relative to the working directory. */
    @WithDefault("data/backups")
    Path directory();

    /** The {@code pg_dump} to run. Without it: the newest one that the {@code PATH} leads to. */
    Optional<Path> pgDump();

    /** The {@code pg_restore} that reads the dump back. Without it: the one beside {@code pg_dump}. */
    Optional<Path> pgRestore();

    /**
     * {@code auto}, or a value of {@code pg_dump --compress}, such as {@code 6}, {@code zstd:3} or {@code none}. {@code
     * auto} takes the fastest method that the program offers: the run waits for its backup.
     */
    @WithDefault("auto")
    String compression();

    /** How long {@code pg_dump} waits for the lock of a table before it gives up; the dump is then tried again. */
    @WithDefault("30s")
    Duration lockWaitTimeout();

    /** Tables whose rows are left out, as patterns of {@code pg_dump --exclude-table-data}. */
    Optional<List<String>> excludeTableData();

    /** How long one dump may take. Two hours dump some hundred gigabytes; a longer wait is more likely a hang. */
    @WithDefault("2h")
    Duration timeout();

    /** How large one dump may get. Without it: as large as the disk allows. */
    Optional<MemorySize> maxSize();

    /**
     * The free space that a dump must find, as a part of the database's size. A compressed dump without indexes is
     * usually a fifth to a third of it.
     */
    @WithDefault("0.5")
    double spaceFactor();

    /**
     * How many attempts a run gets for failures that may pass, such as an unreachable server. The pauses between them
     * double from 200 ms: eight attempts outlast a restart of the server.
     */
    @WithDefault("8")
    int attempts();

    /** Whether runs get a backup, unless the target or its environment says otherwise. */
    @WithDefault("always")
    BackupMode mode();

    /** Exceptions by target. */
    Map<String, Exemption> targets();

    /** Exceptions by environment. */
    Map<String, Exemption> environments();

    /** Which dumps stay. */
    Keep keep();

    /** What is different for one target or one environment. */
    interface Exemption {
        /** Whether runs get a backup here. */
        BackupMode mode();
    }

    /** The bounds within which dumps stay; a dump beyond either goes, the newest of a target never does. */
    interface Keep {
        /** How many dumps of a target stay. */
        @WithDefault("10")
        int count();

        /** How old a dump may get. */
        @WithDefault("90d")
        Duration age();
    }
}
