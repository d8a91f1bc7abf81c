package io.slipway.contracts;

import java.time.Duration;

/**
 * A dump of a target that was read back and found whole.
 *
 * @param location where the backup service keeps it, as a URI
 * @param sha256 of the file, 64 hexadecimal digits
 * @param entries how many entries {@code pg_restore --list} shows
 * @param tool the program and its version
 */
public record Backup(String location, long sizeBytes, String sha256, int entries, String tool, Duration took) {
    public Backup {
        Required.text("location", location, 4_000);
        Required.present("sha256", sha256);
        Required.present("tool", tool);
        Required.present("took", took);
    }
}
