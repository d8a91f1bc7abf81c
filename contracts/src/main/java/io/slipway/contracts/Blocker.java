package io.slipway.contracts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of the target that holds, or waits in front for, a lock that a migration needs.
 *
 * @param pid as in {@code pg_stat_activity}; 0 for a prepared transaction, which has no session
 * @param application as the client calls itself; empty where it does not
 * @param state as in {@code pg_stat_activity}; empty where the executor's role may not see it
 * @param transactionAge for how long its transaction is open
 * @param queryStart when its latest statement began
 * @param query the beginning of that statement, up to where its first value may begin
 * @param cancelled whether the executor ended it, as its settings allow
 */
public record Blocker(
        int pid,
        String user,
        String application,
        String state,
        @Nullable Duration transactionAge,
        @Nullable Instant queryStart,
        String query,
        boolean cancelled) {

    public Blocker {
        Required.present("user", user);
        Required.present("application", application);
        Required.present("state", state);
        Required.present("query", query);
    }

    /** The same, ended by the executor. */
    public Blocker ended() {
        return new Blocker(pid, user, application, state, transactionAge, queryStart, query, true);
    }
}
