package io.slipway.validator.rehearsal;

import io.slipway.sql.effect.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a transaction holds at one moment.
 *
 * @param locks the strongest mode on each table and materialized view of users; names have their schema and no quotes
 * @param files the file of each table and materialized view, which changes when it is written anew; 0 where it has none
 */
record Footprint(Map<String, LockMode> locks, Map<String, Long> files) {

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
    private static final String FILES = """
            select n.nspname || '.' || c.relname, c.relfilenode::bigint
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm', 'f')
              and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
            """;

    /** Of the connection's own transaction. */
    static Footprint read(Connection connection) throws SQLException {
        Map<String, LockMode> locks = new TreeMap<>();
        Map<String, Long> files = new HashMap<>();
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(LOCKS)) {
                while (rows.next()) {
                    locks.merge(rows.getString(1), LockMode.ofPgLocks(rows.getString(2)), Footprint::stronger);
                }
            }
            try (var rows = statement.executeQuery(FILES)) {
                while (rows.next()) {
                    files.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return new Footprint(locks, files);
    }

    private static LockMode stronger(LockMode one, LockMode other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /**
     * What one statement has added.
     *
     * @param existing the tables that the plan found; nobody waits for others
     */
    Measured since(Footprint before, Set<String> existing) {
        Map<String, LockMode> taken = new TreeMap<>();
        locks.forEach((table, level) -> {
            LockMode held = before.locks().get(table);
            if (existing.contains(table) && (held == null || level.compareTo(held) > 0)) {
                taken.put(table, level);
            }
        });
        // What is dropped or renamed is under the strongest lock, but pg_class no longer knows it by its name.
        before.files().keySet().stream()
                .filter(table -> existing.contains(table) && !files.containsKey(table))
                .forEach(table -> taken.put(table, LockMode.ACCESS_EXCLUSIVE));
        Set<String> rewritten = new TreeSet<>();
        before.files().forEach((table, file) -> {
            Long now = files.get(table);
            if (existing.contains(table) && now != null && !now.equals(file)) {
                rewritten.add(table);
            }
        });
        return new Measured(taken, rewritten, before.locks(), existing);
    }

    /**
     * What one statement did.
     *
     * @param taken beyond what was held
     * @param held by the transaction before it
     * @param existing the tables that the plan found
     */
    record Measured(
            Map<String, LockMode> taken, Set<String> rewritten, Map<String, LockMode> held, Set<String> existing) {}
}
