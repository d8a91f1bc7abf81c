package io.slipway.backup.dump;

import io.slipway.backup.dump.DumpOutcome.Refused;
import java.util.Locale;

/**
 * What it means that {@code pg_dump} has failed, from its exit and its words. They are in English: the child runs with
 * {@code LC_ALL=C}, and what the server says in another language ends as {@code DUMP_FAILED}, which is tried again.
 */
final class DumpFailurePolicy {
    private DumpFailurePolicy() {}

    /** The sign that the program was built without the method of compression it was asked for. */
    static boolean refusesCompression(String stderr) {
        String words = stderr.toLowerCase(Locale.ROOT);
        return words.contains("does not support compression")
                || words.contains("unrecognized compression algorithm")
                || words.contains("compression is not supported by");
    }

    /**
     * @param stderr all that it wrote, for the decision
     * @param excerpt the redacted part of it, for the message
     */
    static Refused decide(int exit, String stderr, String excerpt) {
        String words = stderr.toLowerCase(Locale.ROOT);
        String said = "pg_dump ended with exit code %d: %s".formatted(exit, excerpt.isEmpty() ? "no message" : excerpt);
        if (words.contains("no space left on device") || words.contains("disk quota exceeded")) {
            return Refused.passing(
                    "DISK_FULL",
                    said,
                    "Free space in the backup directory, or set slipway.backup.directory to another disk.");
        }
        if (words.contains("server version mismatch")) {
            return Refused.lasting("PG_DUMP_TOO_OLD", said, ToolRemedy.INSTALL);
        }
        if (refusesLogin(words)) {
            return Refused.lasting(
                    "TARGET_AUTHENTICATION_FAILED",
                    said,
                    "Correct the target's user, password or pg_hba.conf, then ask again.");
        }
        if (words.contains("fatal:  database") && words.contains("does not exist")) {
            return Refused.lasting(
                    "TARGET_DATABASE_UNKNOWN", said, "Create the database, or correct its name in the target's URL.");
        }
        if (words.contains("permission denied")) {
            return Refused.lasting(
                    "PERMISSION_DENIED",
                    said,
                    "Grant the target's role SELECT on everything in the database (for instance the role pg_read_all_data).");
        }
        // pg_dump bounds the wait for its locks with the timeout of the statement.
        if (words.contains("lock timeout") || (words.contains("statement timeout") && words.contains("lock table"))) {
            return Refused.passing(
                    "LOCK_TIMEOUT",
                    said,
                    "End the session that holds the lock, or raise slipway.backup.lock-wait-timeout.");
        }
        if (words.contains("certificate verify failed") || words.contains("ssl error")) {
            return Refused.lasting("TARGET_TLS_FAILED", said, "Check ssl.mode and ssl.root-cert of the target.");
        }
        if (words.contains("connection to server") || words.contains("could not translate host name")) {
            return Refused.passing(
                    "TARGET_UNREACHABLE", said, "Check that the target runs and that this machine reaches it.");
        }
        return Refused.passing("DUMP_FAILED", said, "Read the log of the backup service for the full text.");
    }

    private static boolean refusesLogin(String words) {
        return words.contains("authentication failed")
                || words.contains("no password supplied")
                || words.contains("no pg_hba.conf entry")
                || words.contains("is not permitted to log in")
                || (words.contains("fatal:  role") && words.contains("does not exist"));
    }
}
