package io.slipway.backup.dump;

import java.nio.file.Path;

/**
 * A {@code pg_dump} and the {@code pg_restore} that goes with it.
 *
 * @param version as the program prints it, such as {@code pg_dump (PostgreSQL) 15.18}
 * @param major the major version of PostgreSQL that it belongs to
 */
public record DumpTool(Path pgDump, Path pgRestore, String version, int major) {

    /** An older {@code pg_dump} refuses a newer server; a newer one reads every server since 9.2. */
    boolean fits(int serverMajor) {
        return major >= serverMajor;
    }
}
