package io.slipway.executor.lock;

import io.slipway.contracts.Blocker;
import io.slipway.targets.session.QueryExcerpt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is in the way of a session that waits for a lock; asked from another session. */
public final class BlockerStore {
    private static final int MOST = 10;

    /** Bound on each question: what is not known in this time is not known. */
    private static final int SECONDS = 5;

    private BlockerStore() {}

    /**
     * What a session waits for.
     *
     * @param waiting whether it waits for a lock at this moment
     */
    public record Sight(boolean waiting, List<Blocker> blockers) {
        public Sight {
            blockers = List.copyOf(blockers);
        }
    }

    /**
     * Looks at a session. {@code pg_blocking_pids} locks the whole lock table for a moment, so it is asked only while the
     * session waits.
     */
    public static Sight look(Connection connection, int pid) throws SQLException {
        String sql = """
                with waiting as materialized (
                    select case when wait_event_type = 'Lock' then pg_blocking_pids(pid) end as pids
                      from pg_stat_activity where pid = ?)
                select waiting.pids is not null, blocker.pid, session.usename, session.application_name,
                       case blocker.pid when 0 then 'prepared transaction' else session.state end,
                       extract(epoch from clock_timestamp() - session.xact_start)::bigint, session.query_start,
                       case when session.state is null then '' else left(session.query, 200) end
                  from waiting
                  left join lateral (select distinct pid from unnest(waiting.pids) as pid) blocker on true
                  left join pg_stat_activity session on session.pid = blocker.pid and blocker.pid <> 0
                 order by session.xact_start nulls last, blocker.pid limit ?
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setQueryTimeout(SECONDS);
            select.setInt(1, pid);
            select.setInt(2, MOST);
            try (ResultSet row = select.executeQuery()) {
                boolean waiting = false;
                List<Blocker> blockers = new ArrayList<>();
                while (row.next()) {
                    waiting = row.getBoolean(1);
                    if (row.getObject(2) != null) {
                        blockers.add(blocker(row));
                    }
                }
                return new Sight(waiting, blockers);
            }
        }
    }

    /** The sessions that hold an advisory lock of the connection's database. */
    static List<Blocker> holders(Connection connection, long key) throws SQLException {
        String sql = """
                select true, session.pid, session.usename, session.application_name, session.state,
                       extract(epoch from clock_timestamp() - session.xact_start)::bigint, session.query_start,
                       left(session.query, 200)
                  from pg_locks held join pg_stat_activity session on session.pid = held.pid
                 where held.locktype = 'advisory' and held.granted and held.objsubid = 1
                   and held.database = (select oid from pg_database where datname = current_database())
                   and held.classid::bigint << 32 | held.objid::bigint = ?
                 limit ?
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setQueryTimeout(SECONDS);
            select.setLong(1, key);
            select.setInt(2, MOST);
            try (ResultSet row = select.executeQuery()) {
                List<Blocker> holders = new ArrayList<>();
                while (row.next()) {
                    holders.add(blocker(row));
                }
                return holders;
            }
        }
    }

    private static Blocker blocker(ResultSet row) throws SQLException {
        Long seconds = row.getObject(6, Long.class);
        Timestamp started = row.getTimestamp(7);
        return new Blocker(
                row.getInt(2),
                or(row.getString(3), "unknown"),
                or(row.getString(4), ""),
                or(row.getString(5), ""),
                seconds == null ? null : Duration.ofSeconds(seconds),
                started == null ? null : started.toInstant(),
                QueryExcerpt.of(or(row.getString(8), "")),
                false);
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    /**
     * Ends those of the sessions in the way that may be ended, and says which. Who is in the way, and what it does, is
     * looked up in the same statement, so that nobody is ended for what was true a while ago.
     *
     * @throws SQLException also when the role may not signal them
     */
    public static Set<Integer> cancel(
            Connection connection, int waiter, LocksConfig.CancelBlockers which, Duration idleAfter)
            throws SQLException {
        return switch (which) {
            case NONE -> Set.of();
            case IDLE_IN_TRANSACTION -> signal(connection, waiter, idleAfter, "pg_terminate_backend", """
                        backend_type = 'client backend' and state like 'idle in transaction%'
                        and state_change <= clock_timestamp() - make_interval(secs => ?)""");
            case AUTOVACUUM -> signal(connection, waiter, Duration.ZERO, "pg_cancel_backend", """
                        backend_type = 'autovacuum worker' and query not like '%(to prevent wraparound)%'
                        and query_start <= clock_timestamp() - make_interval(secs => ?)""");
        };
    }

    private static Set<Integer> signal(
            Connection connection, int waiter, Duration age, String function, String condition) throws SQLException {
        String sql = """
                with waiting as materialized (select pg_blocking_pids(?) as pids)
                select pid, %s(pid) from pg_stat_activity, waiting where pid = any (pids) and %s
                """.formatted(function, condition);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setQueryTimeout(SECONDS);
            select.setInt(1, waiter);
            select.setDouble(2, age.toMillis() / 1000.0);
            try (ResultSet row = select.executeQuery()) {
                Set<Integer> ended = new HashSet<>();
                while (row.next()) {
                    if (row.getBoolean(2)) {
                        ended.add(row.getInt(1));
                    }
                }
                return ended;
            }
        }
    }
}
