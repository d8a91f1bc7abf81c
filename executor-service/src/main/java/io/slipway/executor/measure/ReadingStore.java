package io.slipway.executor.measure;

import io.slipway.contracts.RowChanges;
import io.slipway.executor.session.SessionState;
import io.slipway.sql.effect.LockMode;
import io.slipway.targets.flyway.SchemaHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes readings, each in one round trip. */
final class ReadingStore {
    /** One row for each of the relations that are asked for, or one without any. */
    private static final String READING = """
            select (%s)::bigint as wal, current_setting('role') as role,
                   current_setting('search_path') as search_path,
                   current_setting('statement_timeout') as statement_timeout,
                   current_setting('idle_in_transaction_session_timeout') as idle_timeout, relation.*
              from (select) session
              left join (%s) relation on true
            """;

    /**
     * One row for each lock of the session. In a transaction it is enough to look at what the session holds a lock on: what it has
     * changed is among it, and it is little even where there are many thousand tables. Hence the detour that makes PostgreSQL begin
     * with the locks: its planner thinks them to be many.
     *
     * <p>It is asked for every statement, and planned anew in every session: hence no view such as
     * {@code pg_stat_xact_all_tables}, which would join and group the indexes of all tables, no grouping, and no look at
     * PostgreSQL's own tables, whose identifiers are below 16384 (FirstNormalObjectId).
     */
    private static final String LOCKED = """
            select c.oid::bigint as id, n.nspname || '.' || c.relname as name, l.mode, %1$s
              from pg_locks l
              cross join lateral (select * from pg_class where oid = l.relation offset 0) c
              cross join lateral (select nspname from pg_namespace where oid = c.relnamespace offset 0) n
             where l.pid = pg_backend_pid() and l.granted and l.locktype = 'relation' and l.database <> 0
               and l.mode <> 'SIReadLock' and l.relation >= 16384 and %2$s""";

    /** One row for each table with changes before the transaction, which are still counted for up to a second after it. */
    private static final String CHANGED = """
            select c.oid::bigint as id, n.nspname || '.' || c.relname as name, null as mode, %1$s
              from (select * from pg_class c
                     where oid >= 16384 and relkind in ('r', 'p', 'm') and %3$s > 0 offset 0) c
              cross join lateral (select nspname from pg_namespace where oid = c.relnamespace offset 0) n
             where %2$s""";

    private static final String COUNTS = """
            pg_stat_get_xact_tuples_inserted(c.oid) as inserted, pg_stat_get_xact_tuples_updated(c.oid) as updated,
                   pg_stat_get_xact_tuples_deleted(c.oid) as deleted""";

    private static final String SUM =
            "pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)";

    private static final String THEIRS = """
            c.relkind in ('r', 'p', 'm', 'v', 'f') and n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema')
               and c.relname not like 'slipway\\_ledger%'""";

    private static final String HISTORY = "." + SchemaHistory.TABLE;
    private static final String WAL = "pg_current_wal_insert_lsn() - '0/0'";
    private static final String LOCK_TIMEOUT = ", set_config('lock_timeout', ?, false)";

    private final String ofLocked;
    private final String ofChanged;
    private final String ofBoth;

    private ReadingStore(String wal) {
        String locked = LOCKED.formatted(COUNTS, THEIRS);
        String changed = CHANGED.formatted(COUNTS, THEIRS, SUM);
        ofLocked = READING.formatted(wal, locked);
        ofChanged = READING.formatted(wal, changed);
        ofBoth = READING.formatted(wal, changed + " union all " + locked);
    }

    /**
     * Finds out, outside a transaction, whether the server tells how far its write-ahead log is: an administrator may have
     * forbidden it, and not every service that speaks PostgreSQL's language can. A migration must not fail for a figure.
     */
    static ReadingStore of(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement()) {
            select.execute("select " + WAL);
            return new ReadingStore(WAL);
        } catch (SQLException e) {
            if (connection.isClosed()) {
                throw e;
            }
            return new ReadingStore("null");
        }
    }

    /** What can have changed in a transaction since {@link #open}. */
    Reading read(Connection connection) throws SQLException {
        // Prepared, so that PostgreSQL keeps its plan over many scripts.
        try (PreparedStatement select = connection.prepareStatement(ofLocked);
                ResultSet rows = select.executeQuery()) {
            return reading(rows);
        }
    }

    /** The first reading of a script outside a transaction, after making the session what it was; its rows are not counted. */
    Reading open(Connection connection, SessionState session) throws SQLException {
        return open(connection, session, String.join(";", SessionState.RESTORE, ofLocked), null);
    }

    /**
     * The first reading of a script in its transaction, after making the session what it was.
     *
     * @param lockTimeout how long its statements may wait for a lock
     * @param shared whether scripts before it run in the same transaction, whose locks are not its own
     */
    Reading open(Connection connection, SessionState session, Duration lockTimeout, boolean shared)
            throws SQLException {
        String sql = String.join(";", SessionState.RESTORE + LOCK_TIMEOUT, shared ? ofBoth : ofChanged);
        return open(connection, session, sql, lockTimeout);
    }

    private static Reading open(Connection connection, SessionState session, String sql, @Nullable Duration lockTimeout)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            session.restore(statement);
            if (lockTimeout != null) {
                statement.setString(SessionState.SETTINGS + 1, Math.max(1, lockTimeout.toMillis()) + "ms");
            }
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                return reading(rows);
            }
        }
    }

    private static Reading reading(ResultSet row) throws SQLException {
        Long wal = null;
        SessionState session = null;
        boolean history = false;
        Map<Long, Reading.Relation> relations = new HashMap<>();
        while (row.next()) {
            wal = row.getObject("wal", Long.class);
            session = new SessionState(
                    row.getString("role"),
                    row.getString("search_path"),
                    row.getString("statement_timeout"),
                    row.getString("idle_timeout"));
            @Nullable String name = row.getString("name");
            if (name != null && name.endsWith(HISTORY)) {
                history = true;
            } else if (name != null) {
                relations.merge(row.getLong("id"), relation(name, row), Reading.Relation::with);
            }
        }
        if (session == null) {
            throw new SQLException("PostgreSQL has told nothing about the session.");
        }
        return new Reading(wal, session, relations, history);
    }

    private static Reading.Relation relation(String name, ResultSet row) throws SQLException {
        var rows = new RowChanges(row.getLong("inserted"), row.getLong("updated"), row.getLong("deleted"));
        @Nullable String mode = row.getString("mode");
        return new Reading.Relation(name, rows, mode == null ? Set.of() : Set.of(LockMode.ofPgLocks(mode)));
    }
}
