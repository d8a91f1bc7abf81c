package io.slipway.validator.rehearsal;

import java.util.Arrays;

/** PostgreSQL's lock modes for tables, the weakest first. */
public enum LockLevel {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /** @param mode as {@code pg_locks} names it, such as {@code AccessExclusiveLock} */
    static LockLevel of(String mode) {
        return Arrays.stream(values())
                .filter(level -> mode.equalsIgnoreCase(level.name().replace("_", "") + "Lock"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("PostgreSQL has no lock mode '%s'.".formatted(mode)));
    }

    static LockLevel stronger(LockLevel one, LockLevel other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whether it lets an application go on that reads and writes rows. */
    boolean letsRowsChange() {
        return compareTo(SHARE_UPDATE_EXCLUSIVE) <= 0;
    }

    String words() {
        return name().replace('_', ' ');
    }
}
