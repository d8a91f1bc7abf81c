package io.slipway.validator.rehearsal;

import io.slipway.sql.effect.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction holds at one moment.
 *
 * @param locks the strongest mode on each table and materialized view of users; names have their schema and no quotes
 * @param tables each table and materialized view
 */
record Footprint(Map<String, LockMode> locks, Map<String, Table> tables) {

    /**
     * A table or materialized view.
     *
     * @param oid what it is known by, whatever it is called
     * @param file which changes when it is written anew; 0 where it has none
     */
    record Table(long oid, long file) {
        boolean is(@Nullable Table other) {
            return other != null && other.oid == oid;
        }
    }

    private static final String LOCKS = """
            select n.nspname || '.' || c.relname, l.mode
            from pg_locks l
            join pg_class c on c.oid = l.relation
            join pg_namespace n on n.oid = c.relnamespace
            where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.granted
              and l.database = (select oid from pg_database where datname = current_database())
              and c.relkind in ('r', 'p', 'm', 'f')
              and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
            """;
    private static final String TABLES = """
            select n.nspname || '.' || c.relname, c.oid::bigint, c.relfilenode::bigint
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm', 'f')
              and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
            """;

    /** Of the connection's own transaction. */
    static Footprint read(Connection connection) throws SQLException {
        Map<String, LockMode> locks = new TreeMap<>();
        Map<String, Table> tables = new HashMap<>();
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(LOCKS)) {
                while (rows.next()) {
                    locks.merge(rows.getString(1), LockMode.ofPgLocks(rows.getString(2)), Footprint::stronger);
                }
            }
            try (var rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    tables.put(rows.getString(1), new Table(rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return new Footprint(locks, tables);
    }

    private static LockMode stronger(LockMode one, LockMode other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /**
     * What one statement has added.
     *
     * @param found the tables that the plan found; nobody waits for others, such as a new one that got the name of one of
     *     them
     */
    Measured since(Footprint before, Map<String, Table> found) {
        Map<String, LockMode> taken = new TreeMap<>();
        Set<String> rewritten = new TreeSet<>();
        Set<String> existing = new TreeSet<>();
        before.tables().forEach((name, table) -> {
            if (!table.is(found.get(name))) {
                return;
            }
            existing.add(name);
            Table now = tables.get(name);
            LockMode held = before.locks().get(name);
            // What is dropped or renamed is under the strongest lock, but pg_class no longer knows it by its name.
            LockMode level = table.is(now) ? locks.get(name) : LockMode.ACCESS_EXCLUSIVE;
            if (level != null && (held == null || level.compareTo(held) > 0)) {
                taken.put(name, level);
            }
            if (now != null && table.is(now) && table.file() != now.file()) {
                rewritten.add(name);
            }
        });
        return new Measured(taken, rewritten, before.locks(), existing);
    }

    /**
     * What one statement did.
     *
     * @param taken beyond what was held
     * @param held by the transaction before it
     * @param existing the tables that the plan found and that still have their names
     */
    record Measured(
            Map<String, LockMode> taken, Set<String> rewritten, Map<String, LockMode> held, Set<String> existing) {}
}
