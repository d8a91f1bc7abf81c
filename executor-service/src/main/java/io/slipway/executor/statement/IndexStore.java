package io.slipway.executor.statement;

import io.slipway.sql.ast.MaintenanceStatement.Reindex;
import io.slipway.sql.ast.Name;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Indexes in the catalogue. An index of a partitioned table is left out: CONCURRENTLY does not build those. */
final class IndexStore {
    private final Connection connection;

    IndexStore(Connection connection) {
        this.connection = connection;
    }

    /** @param name qualified and quoted */
    record Found(long id, String name, boolean valid) {}

    List<Found> ofTable(Name table) throws SQLException {
        return select("i.indrelid = to_regclass(?)", table.sql());
    }

    /** One of a table by its name alone, since an index is in the schema of its table. */
    List<Found> named(Name table, String index) throws SQLException {
        return select("i.indrelid = to_regclass(?) and c.relname = ?", table.sql(), index);
    }

    /** At most one. */
    List<Found> named(Name index) throws SQLException {
        return select("i.indexrelid = to_regclass(?)", index.sql());
    }

    List<Found> byId(List<Long> ids) throws SQLException {
        return select("i.indexrelid = any (?)", ids);
    }

    /**
     * Those that REINDEX CONCURRENTLY makes for a while or takes out of use, as their names say.
     *
     * @param name absent for all of the database
     */
    List<Found> transitory(Reindex.Target target, @Nullable Name name) throws SQLException {
        String transitory = "not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$'";
        if (name == null) {
            return select(transitory);
        }
        return switch (target) {
            case SCHEMA -> select(transitory + " and n.nspname = ?", name.local());
            case DATABASE, SYSTEM -> select(transitory);
            case TABLE -> select(transitory + " and " + inTables("to_regclass(?)"), name.sql(), name.sql());
            case INDEX -> {
                String table = "(select indrelid from pg_index where indexrelid = to_regclass(?))";
                yield select(transitory + " and " + inTables(table), name.sql(), name.sql());
            }
        };
    }

    /** A table, its partitions, and where each keeps its long values. */
    private static String inTables(String table) {
        return """
                i.indrelid in (
                    select unnest(array[t.oid, t.reltoastrelid]) from pg_class t
                     where t.oid = %1$s::oid
                        or t.oid in (select relid from pg_partition_tree(%1$s::regclass)))""".formatted(table);
    }

    private List<Found> select(String condition, Object... arguments) throws SQLException {
        String sql = """
                select i.indexrelid::bigint, format('%%I.%%I', n.nspname, c.relname), i.indisvalid
                  from pg_index i
                  join pg_class c on c.oid = i.indexrelid
                  join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind = 'i' and %s
                 order by 1
                """.formatted(condition);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof List<?> ids) {
                    select.setArray(i + 1, connection.createArrayOf("bigint", ids.toArray()));
                } else {
                    select.setObject(i + 1, arguments[i]);
                }
            }
            try (ResultSet row = select.executeQuery()) {
                List<Found> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Found(row.getLong(1), row.getString(2), row.getBoolean(3)));
                }
                return found;
            }
        }
    }

    /** Drops those that are invalid now and that no other session is building; a valid one is never dropped. */
    void dropInvalid(List<Found> indexes) throws SQLException {
        for (Found index : indexes) {
            List<Found> still = select("""
                    i.indexrelid = ? and not i.indisvalid
                    and not exists (select from pg_stat_progress_create_index p
                                     where p.index_relid = i.indexrelid and p.pid <> pg_backend_pid())""", index.id());
            for (Found invalid : still) {
                try (var drop = connection.createStatement()) {
                    drop.execute("drop index concurrently if exists " + invalid.name());
                }
            }
        }
    }
}
