package io.slipway.executor.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Figures;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.RunId;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.executor.guard.Refused;
import io.slipway.executor.order.Order;
import io.slipway.targets.ledger.LedgerSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code slipway_ledger} of one target, in the schema of Flyway's history or in one of its own. It is made inside
 * the first migration's transaction: Flyway refuses a schema that has tables but no history, so it must not come before it.
 */
public final class Ledger {
    private static final ObjectMapper JSON = EventJson.mapper();

    private final LedgerTable table;
    private boolean keepsFigures = true;
    private String write;

    private Ledger(LedgerTable table) {
        this.table = table;
        this.write = writing(table.name(), true);
    }

    /**
     * The ledger for these settings, whether or not the table exists yet.
     *
     * @param schema where it is to lie; absent for the history's
     */
    public static Ledger of(Connection connection, FlywaySettings settings, @Nullable String schema)
            throws SQLException {
        return new Ledger(new LedgerTable(LedgerSchema.of(connection, settings, schema), schema != null));
    }

    /** Quoted; what else is kept of a run lies there as well. */
    public String schema() {
        return table.schema();
    }

    /** Its name as SQL has it, for what lies beside it. */
    public String table() {
        return table.name();
    }

    /**
     * Makes the table where it is not there, and its schema as well. Whoever has just found nothing in it need not look again.
     *
     * @throws Refused when the role may not
     */
    public void create(Connection connection) throws SQLException {
        table.create(connection);
    }

    /**
     * Gives a table of an earlier version the column for figures, or does without where the role does not own it. At once and by
     * itself: a script's transaction would keep everyone from the table until its end.
     */
    public void upgrade(Connection connection) throws SQLException {
        keepsFigures = table.upgrade(connection);
        write = writing(table.name(), keepsFigures);
    }

    /** What is thrown is a refusal where the role may not; else the failure as it is. */
    SQLException refusing(SQLException e) {
        return table.refusing(e);
    }

    /** Says beforehand that a script without a transaction is about to run; must be committed before it does. */
    public void intend(Connection connection, Order.Subject run, LedgerEntry entry) throws SQLException {
        write(connection, run, entry, "INTENDED");
    }

    /** Says that a script is done, in its own transaction where it has one. */
    public void done(Connection connection, Order.Subject run, LedgerEntry entry) throws SQLException {
        write(connection, run, entry, "DONE");
    }

    private static String writing(String table, boolean keepsFigures) {
        return """
                insert into %1$s (run_id, script, action, phase, version, description, checksum, plan_digest,
                                transactional, statements, rows_affected, tables_modified, took_ms%2$s)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?%3$s)
                on conflict (run_id, script) do update
                   set phase = excluded.phase, statements = excluded.statements,
                       rows_affected = excluded.rows_affected, tables_modified = excluded.tables_modified,
                       took_ms = excluded.took_ms, recorded_at = excluded.recorded_at%4$s
                """.formatted(
                        table,
                        keepsFigures ? ", figures" : "",
                        keepsFigures ? ", ?::jsonb" : "",
                        keepsFigures ? ", figures = excluded.figures" : "");
    }

    private void write(Connection connection, Order.Subject run, LedgerEntry entry, String phase) throws SQLException {
        AppliedMigration migration = entry.migration();
        try (PreparedStatement insert = connection.prepareStatement(write)) {
            insert.setObject(1, run.runId().value());
            insert.setString(2, migration.script());
            insert.setString(3, run.kind().name());
            insert.setString(4, phase);
            insert.setString(
                    5, migration.version() == null ? null : migration.version().value());
            insert.setString(6, migration.description());
            insert.setObject(7, migration.checksum(), Types.INTEGER);
            insert.setString(8, run.plan().value());
            insert.setBoolean(9, migration.transactional());
            insert.setInt(10, migration.statements());
            insert.setObject(11, migration.rowsAffected(), Types.BIGINT);
            insert.setArray(
                    12,
                    connection.createArrayOf("text", migration.tablesModified().toArray()));
            insert.setLong(13, migration.took().toMillis());
            if (keepsFigures) {
                insert.setString(14, json(migration.figures()));
            }
            insert.executeUpdate();
        }
    }

    /**
     * What a run has done, or was about to do, in the order in which it was recorded; empty without the table.
     *
     * @throws Refused when the role may not read it
     */
    public List<LedgerEntry> of(Connection connection, RunId runId) throws SQLException {
        try {
            return table.exists(connection) ? read(connection, runId) : List.of();
        } catch (SQLException e) {
            throw refusing(e);
        }
    }

    private List<LedgerEntry> read(Connection connection, RunId runId) throws SQLException {
        // By way of JSON because a table of an earlier version may not have the column; by name because it may get it
        // at
        // any time, and a statement that PostgreSQL has prepared may not change its result.
        String sql = """
                select script, phase, version, description, checksum, transactional, statements, rows_affected,
                       tables_modified, took_ms, to_jsonb(l) ->> 'figures' as measured
                  from %s l where run_id = ? order by recorded_at, script
                """.formatted(table.name());
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, runId.value());
            try (ResultSet row = select.executeQuery()) {
                List<LedgerEntry> entries = new ArrayList<>();
                while (row.next()) {
                    entries.add(new LedgerEntry(row.getString("phase").equals("DONE"), migration(row)));
                }
                return entries;
            }
        }
    }

    private static AppliedMigration migration(ResultSet row) throws SQLException {
        @Nullable String version = row.getString("version");
        String[] tables = (String[]) row.getArray("tables_modified").getArray();
        return new AppliedMigration(
                        version == null ? null : new MigrationVersion(version),
                        row.getString("description"),
                        row.getString("script"),
                        row.getObject("checksum", Integer.class),
                        row.getBoolean("transactional"),
                        row.getInt("statements"),
                        row.getObject("rows_affected", Long.class),
                        Arrays.asList(tables),
                        Duration.ofMillis(row.getLong("took_ms")))
                .with(figures(row.getString("measured")));
    }

    private static @Nullable String json(@Nullable Figures figures) {
        try {
            return figures == null ? null : JSON.writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Figures cannot be written as JSON.", e);
        }
    }

    private static @Nullable Figures figures(@Nullable String json) throws SQLException {
        try {
            return json == null ? null : JSON.readValue(json, Figures.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("The ledger has figures that this version cannot read.", e);
        }
    }
}
