package io.slipway.validator.check.session;

import io.slipway.targets.session.QueryExcerpt;
import io.slipway.validator.check.outcome.Listing;

/**
 * A transaction of another session.
 *
 * @param application as the client calls itself; empty where it does not
 * @param seconds since it began, or for how long it has been idle
 * @param excerpt of its latest statement
 */
record OpenTransaction(int pid, String user, String application, long seconds, String excerpt) {

    /** Never a value of the statement: {@link QueryExcerpt} ends before the first one. */
    String words() {
        return "pid %d (%s%s, %d s%s)"
                .formatted(
                        pid,
                        user,
                        application.isBlank() ? "" : ", " + Listing.cut(application),
                        seconds,
                        excerpt.isEmpty() ? "" : ": " + excerpt);
    }
}
