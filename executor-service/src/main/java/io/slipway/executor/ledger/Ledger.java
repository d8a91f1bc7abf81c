package io.slipway.executor.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Failure;
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
import java.sql.Statement;
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
    private static final String NOT_ALLOWED = "42501";

    private static final ObjectMapper JSON = EventJson.mapper();

    private final String schema;
    private final String table;
    private final boolean apart;
    private boolean keepsFigures = true;
    private String write;

    /** Whether the table was not there when it was looked for last. */
    private boolean absent;

    private Ledger(String schema, boolean apart) {
        this.schema = schema;
        this.table = schema + ".slipway_ledger";
        this.apart = apart;
        this.write = writing(table, true);
    }

    /**
     * The ledger for these settings, whether or not the table exists yet.
     *
     * @param schema where it is to lie; absent for the history's
     */
    public static Ledger of(Connection connection, FlywaySettings settings, @Nullable String schema)
            throws SQLException {
        return new Ledger(LedgerSchema.of(connection, settings, schema), schema != null);
    }

    /** Quoted; what else is kept of a run lies there as well. */
    public String schema() {
        return schema;
    }

    /** Its name as SQL has it, for what lies beside it. */
    public String table() {
        return table;
    }

    /**
     * Makes the table where it is not there, and its schema as well. Whoever has just found nothing in it need not look again.
     *
     * @throws Refused when the role may not
     */
    public void create(Connection connection) throws SQLException {
        try {
            if (absent || !exists(connection)) {
                if (apart) {
                    createSchema(connection);
                }
                createTable(connection);
                absent = false;
            }
        } catch (SQLException e) {
            throw refusing(e);
        }
    }

    /**
     * Gives a table of an earlier version the column for figures, or does without where the role does not own it. At once and by
     * itself: a script's transaction would keep everyone from the table until its end.
     */
    public void upgrade(Connection connection) throws SQLException {
        if (absent) {
            return;
        }
        String sql = """
                select pg_has_role(relowner, 'USAGE') from pg_class c
                 where relnamespace = to_regnamespace(?) and relname = 'slipway_ledger'
                   and not exists (select from pg_attribute where attrelid = c.oid and attname = 'figures')
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery();
                    Statement alter = connection.createStatement()) {
                if (row.next()) {
                    keepsFigures = row.getBoolean(1);
                    write = writing(table, keepsFigures);
                    if (keepsFigures) {
                        alter.execute("alter table %s add column if not exists figures jsonb".formatted(table));
                    }
                }
            }
        }
    }

    /** What is thrown is a refusal where the role may not; else the failure as it is. */
    SQLException refusing(SQLException e) {
        if (NOT_ALLOWED.equals(e.getSQLState())) {
            throw new Refused(notAllowed(e));
        }
        return e;
    }

    private Failure notAllowed(SQLException e) {
        return new Failure(
                "LEDGER_REFUSED",
                "The table %s cannot be made or used: %s".formatted(table, e.getMessage()),
                "Create the schema and grant the migrating role USAGE and CREATE on it, or name another schema with slipway.targets.<name>.ledger-schema; then request it again.",
                e.getSQLState(),
                null,
                0);
    }

    /** Asked for first: CREATE SCHEMA IF NOT EXISTS wants the privilege for a schema that is there as well. */
    private void createSchema(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select to_regnamespace(?) is null")) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery();
                    Statement statement = connection.createStatement()) {
                row.next();
                if (row.getBoolean(1)) {
                    statement.execute("create schema if not exists " + schema);
                }
            }
        }
    }

    private void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table if not exists %s (
                        run_id          uuid        not null,
                        script          text        not null,
                        action          text        not null check (action in ('MIGRATION', 'ROLLBACK')),
                        phase           text        not null check (phase in ('INTENDED', 'DONE')),
                        version         text,
                        description     text        not null,
                        checksum        integer,
                        plan_digest     text        not null,
                        transactional   boolean     not null,
                        statements      integer     not null default 0,
                        rows_affected   bigint,
                        tables_modified text[]      not null default '{}',
                        took_ms         bigint      not null default 0,
                        figures         jsonb,
                        recorded_at     timestamptz not null default clock_timestamp(),
                        primary key (run_id, script)
                    )""".formatted(table));
        }
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
            return exists(connection) ? read(connection, runId) : List.of();
        } catch (SQLException e) {
            throw refusing(e);
        }
    }

    private List<LedgerEntry> read(Connection connection, RunId runId) throws SQLException {
        // By way of JSON because a table of an earlier version may not have the column; by name because it may get it
        // at any
        // time, and a statement that PostgreSQL has prepared may not change its result.
        String sql = """
                select script, phase, version, description, checksum, transactional, statements, rows_affected,
                       tables_modified, took_ms, to_jsonb(l) ->> 'figures' as measured
                  from %s l where run_id = ? order by recorded_at, script
                """.formatted(table);
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

    /** Not by to_regclass, which fails where the schema may not be used. */
    private boolean exists(Connection connection) throws SQLException {
        String sql = """
                select exists (select from pg_class
                                where relnamespace = to_regnamespace(?) and relname = 'slipway_ledger')
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                absent = !row.getBoolean(1);
                return !absent;
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
