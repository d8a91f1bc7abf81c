package io.slipway.validator.rehearsal;

import io.slipway.contracts.Rehearsal.Copied;
import io.slipway.targets.ConnectionSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * Copies some rows of each table to tables that have neither keys nor triggers yet, and leaves out those whose foreign keys
 * would point nowhere. What the rows hold is never written to a log or a message: of what fails only the SQLSTATE is told.
 */
@ApplicationScoped
class RowSample {
    /** The planner's statistics change no lock and no rewrite, and the forecast asks the target itself for sizes. */
    static final String STATISTICS = "not copied: the forecast takes sizes from the target itself";

    /** More than these are no sample. */
    private static final int MOST_ROWS = 100_000;

    /** As stored; a larger row is left out, since a row passes through memory as a whole. */
    private static final int LARGEST_ROW = 100_000;

    /** Enough to see what kind of tables they are. */
    private static final int TABLES_NAMED = 5;

    /** A transaction for each table: a long one would keep the target's own migrations waiting. */
    private static final String READ_GENTLY = """
            set default_transaction_read_only = on; set lock_timeout = '1s'; set statement_timeout = '10s';
            set search_path = pg_catalog
            """;

    /** Rows of extensions are made with the extension. */
    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname),
                   string_agg(quote_ident(a.attname), ', ' order by a.attnum),
                   string_agg(format('coalesce(pg_column_size(%I), 0)', a.attname), ' + ')
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid
            where c.relkind = 'r' and c.relpersistence <> 't' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
              and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
              and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            group by n.nspname, c.relname
            order by 1
            """;

    private static final String ORPHANS = """
            select format('delete from %s c where %s and not exists (select from %s p where %s)', k.conrelid::regclass,
                          string_agg(format('c.%I is not null', here.attname), ' and '),
                          k.confrelid::regclass,
                          string_agg(format('p.%I = c.%I', there.attname, here.attname), ' and '))
            from pg_constraint k
            cross join unnest(k.conkey, k.confkey) as pair (child, parent)
            join pg_attribute here on here.attrelid = k.conrelid and here.attnum = pair.child
            join pg_attribute there on there.attrelid = k.confrelid and there.attnum = pair.parent
            where k.contype = 'f' and k.convalidated and k.conparentid = 0
            group by k.oid, k.conrelid, k.confrelid
            """;

    private static final String SEQUENCES = """
            select format('select setval(%L::regclass, %s)', format('%I.%I', schemaname, sequencename), last_value)
            from pg_sequences
            where last_value is not null
            """;

    private final RehearsalConfig config;

    RowSample(RehearsalConfig config) {
        this.config = config;
    }

    boolean wanted(String environment) {
        return config.sampleRows() > 0
                && config.sampleEnvironments()
                        .map(chosen -> chosen.contains(environment))
                        .orElse(true);
    }

    static Copied none() {
        return new Copied(0, STATISTICS, null);
    }

    /** @param to has the tables of {@code from}, and no keys or triggers */
    Copied copy(ConnectionSettings from, ConnectionSettings to, Instant deadline) throws SQLException, NotRehearsed {
        try (Connection target = from.open();
                Connection scratch = to.open()) {
            execute(target, READ_GENTLY);
            execute(scratch, "set search_path = pg_catalog");
            List<String> without = copyTables(target, scratch, deadline);
            dropOrphans(target, scratch, deadline);
            for (String setval : column(target, SEQUENCES)) {
                execute(scratch, setval);
            }
            return new Copied(count(target, scratch), STATISTICS, without.isEmpty() ? null : named(without));
        }
    }

    private List<String> copyTables(Connection target, Connection scratch, Instant deadline)
            throws SQLException, NotRehearsed {
        CopyManager out = target.unwrap(PGConnection.class).getCopyAPI();
        CopyManager in = scratch.unwrap(PGConnection.class).getCopyAPI();
        List<String> without = new ArrayList<>();
        long left = config.sampleBytes().asLongValue();
        for (Table table : tables(target)) {
            requireTime(deadline);
            if (left <= 0) {
                without.add(table.name() + " (slipway.validator.rehearsal.sample-bytes is used up)");
                continue;
            }
            try {
                left -= copy(table, out, in, left);
            } catch (SQLException e) {
                without.add("%s (SQLSTATE %s)".formatted(table.name(), e.getSQLState()));
            }
        }
        return without;
    }

    /** Returns the bytes copied. */
    private long copy(Table table, CopyManager target, CopyManager scratch, long most) throws SQLException {
        CopyOut out = target.copyOut("copy (select %s from only %s where %s <= %d limit %d) to stdout"
                .formatted(
                        table.columns(),
                        table.name(),
                        table.size(),
                        LARGEST_ROW,
                        Math.min(config.sampleRows(), MOST_ROWS)));
        try {
            CopyIn in = scratch.copyIn("copy %s (%s) from stdin".formatted(table.name(), table.columns()));
            try {
                long bytes = 0;
                for (byte[] row = out.readFromCopy(); row != null && bytes < most; row = out.readFromCopy()) {
                    in.writeToCopy(row, 0, row.length);
                    bytes += row.length;
                }
                in.endCopy();
                return bytes;
            } finally {
                cancel(in.isActive(), in::cancelCopy);
            }
        } finally {
            cancel(out.isActive(), out::cancelCopy);
        }
    }

    private interface Cancel {
        void run() throws SQLException;
    }

    private static void cancel(boolean active, Cancel cancel) throws SQLException {
        if (active) {
            cancel.run();
        }
    }

    /** A row that goes may leave others without theirs, so this is repeated until all is settled. */
    private static void dropOrphans(Connection target, Connection scratch, Instant deadline)
            throws SQLException, NotRehearsed {
        List<String> deletes = column(target, ORPHANS);
        int gone;
        do {
            gone = 0;
            for (String delete : deletes) {
                requireTime(deadline);
                try (var statement = scratch.createStatement()) {
                    gone += statement.executeUpdate(delete);
                }
            }
        } while (gone > 0);
    }

    private static void requireTime(Instant deadline) throws NotRehearsed {
        if (Instant.now().isAfter(deadline)) {
            throw new NotRehearsed(
                    "the time for it (slipway.validator.rehearsal.timeout) ended while rows were copied");
        }
    }

    private static long count(Connection target, Connection scratch) throws SQLException {
        long rows = 0;
        for (Table table : tables(target)) {
            rows += Long.parseLong(
                    column(scratch, "select count(*) from only " + table.name()).getFirst());
        }
        return rows;
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return tables;
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String named(List<String> tables) {
        String first = String.join(", ", tables.subList(0, Math.min(TABLES_NAMED, tables.size())));
        int more = tables.size() - TABLES_NAMED;
        return "no rows of " + first + (more > 0 ? " and %d more tables".formatted(more) : "");
    }

    /** @param size an expression for the bytes of a row */
    private record Table(String name, String columns, String size) {}
}
