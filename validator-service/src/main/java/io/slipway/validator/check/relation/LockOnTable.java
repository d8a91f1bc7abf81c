package io.slipway.validator.check.relation;

import io.slipway.validator.check.outcome.Listing;
import java.util.Locale;

/**
 * A lock of another session on a table of the plan.
 *
 * @param mode as {@code pg_locks} has it, such as {@code AccessExclusiveLock}
 * @param granted false for one that is waited for
 */
record LockOnTable(String table, int pid, String user, String application, String mode, boolean granted) {

    String words() {
        String lock = mode.replaceAll("Lock$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
        return "pid %d (%s%s) %s %s on %s"
                .formatted(
                        pid,
                        user,
                        application.isBlank() ? "" : ", " + Listing.cut(application),
                        granted ? "holds" : "waits for",
                        lock,
                        table);
    }
}
