package io.slipway.benchmarks.locks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PSQLException;

/** Runs a statement in a transaction, looks at what it did, and takes it back. */
final class Measuring {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads of an index that take ACCESS SHARE are left out: every plan has them, and nobody waits for them. */
    private static final String LOCKS = """
            SELECT l.relation::int8, l.mode, coalesce(n.nspname || '.' || c.relname, ''), coalesce(c.relkind::text, '')
            FROM pg_locks AS l
            LEFT JOIN pg_class AS c ON c.oid = l.relation
            LEFT JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted
              AND (n.nspname IS NULL OR n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema'))
              AND NOT (coalesce(c.relkind::text, '') IN ('i', 'I') AND l.mode = 'AccessShareLock')
            """;

    private static final String RELATIONS = """
            SELECT c.oid::int8, n.nspname, c.relname, c.relkind::text, c.relfilenode::int8
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
            ORDER BY c.oid
            """;

    private static final String SCANS = """
            SELECT relname, seq_tup_read FROM pg_stat_xact_all_tables
            WHERE seq_tup_read > 0 AND schemaname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
            ORDER BY relname
            """;

    /** @param file its relfilenode; 0 where it has no file of its own */
    private record Relation(String schema, String name, String kind, long file) {
        String qualified() {
            return schema + "." + name;
        }
    }

    private record Lock(String rel, String kind, String mode) {}

    private final Connection connection;

    Measuring(Connection connection) {
        this.connection = connection;
    }

    /** One line of JSON. */
    String measure(MeasuredStatement statement) throws SQLException {
        execute("SET search_path TO s, public");
        if (statement.pre() != null) {
            execute(statement.pre());
        }
        connection.setAutoCommit(false);
        var before = relations();
        var line = new LinkedHashMap<String, Object>();
        line.put("stmt", statement.sql());
        line.put("pre", statement.pre());
        try {
            execute(statement.sql());
            outcome(before, line);
        } catch (PSQLException e) {
            failure(e, line);
        } finally {
            connection.rollback();
        }
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of strings can be written as JSON", e);
        }
    }

    private void outcome(Map<Long, Relation> before, Map<String, Object> line) throws SQLException {
        var dropped = new ArrayList<Lock>();
        var locks = locks(before, dropped);
        var scanned = new LinkedHashMap<String, Object>();
        query(SCANS, row -> scanned.put((String) row.get(0), row.get(1)));
        var after = relations();
        line.put("locks", locks);
        var rewritten = new ArrayList<String>();
        var created = new ArrayList<String>();
        var renamed = new LinkedHashMap<String, String>();
        after.forEach((oid, relation) -> {
            var known = before.get(oid);
            if (known != null && !known.qualified().equals(relation.qualified())) {
                renamed.put(relation.qualified(), known.qualified());
            }
            if (relation.kind().equals("S") || relation.file() == 0) {
                return;
            }
            if (known == null) {
                created.add(relation.name());
            } else if (known.file() != relation.file()) {
                rewritten.add(relation.name());
            }
        });
        line.put("rewritten", rewritten);
        line.put("created", created);
        line.put("seq_tuples_scanned", scanned);
        line.put("error", null);
        line.put("transactional", true);
        if (!dropped.isEmpty()) {
            line.put("dropped", dropped);
        }
        if (!renamed.isEmpty()) {
            line.put("renamed", renamed);
        }
    }

    /** Those on relations that are gone can only be named by what was there before. */
    private List<Lock> locks(Map<Long, Relation> before, List<Lock> dropped) throws SQLException {
        var locks = new ArrayList<Lock>();
        query(LOCKS, row -> {
            var known = before.get((Long) row.get(0));
            var name = (String) row.get(2);
            if (!name.isEmpty()) {
                locks.add(new Lock(name, (String) row.get(3), (String) row.get(1)));
            } else if (known != null) {
                dropped.add(new Lock(known.qualified(), known.kind(), (String) row.get(1)));
            }
        });
        sort(locks);
        sort(dropped);
        return locks;
    }

    private static void sort(List<Lock> locks) {
        locks.sort((one, other) -> key(one).compareTo(key(other)));
    }

    private static String key(Lock lock) {
        return String.join("|", lock.rel(), lock.kind(), lock.mode());
    }

    private static void failure(PSQLException e, Map<String, Object> line) {
        var message = e.getServerErrorMessage();
        var text = message == null ? e.getMessage() : message.getSeverity() + ":  " + message.getMessage();
        var transactional = !String.valueOf(text).contains("inside a transaction block");
        line.put("locks", List.of());
        line.put("rewritten", List.of());
        line.put("created", List.of());
        line.put("seq_tuples_scanned", Map.of());
        line.put("error", text);
        line.put("transactional", transactional);
    }

    private Map<Long, Relation> relations() throws SQLException {
        var relations = new LinkedHashMap<Long, Relation>();
        query(
                RELATIONS,
                row -> relations.put(
                        (Long) row.get(0),
                        new Relation(
                                (String) row.get(1), (String) row.get(2), (String) row.get(3), (Long) row.get(4))));
        return relations;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Row {
        void take(List<Object> values);
    }

    private void query(String sql, Row each) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var values = new ArrayList<Object>();
                for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(rows.getObject(column));
                }
                each.take(values);
            }
        }
    }
}
