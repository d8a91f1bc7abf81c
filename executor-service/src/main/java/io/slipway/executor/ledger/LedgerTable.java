package io.slipway.executor.ledger;

import io.slipway.contracts.Failure;
import io.slipway.executor.guard.Refused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The table of the ledger: whether it is there, and is as this version has it. */
final class LedgerTable {
    private static final String NOT_ALLOWED = "42501";

    private final String schema;
    private final String name;
    private final boolean apart;

    /** Whether it was not there when it was looked for last. */
    private boolean absent;

    /**
     * @param schema quoted
     * @param apart whether that is another one than the history's, and may have to be made
     */
    LedgerTable(String schema, boolean apart) {
        this.schema = schema;
        this.name = schema + ".slipway_ledger";
        this.apart = apart;
    }

    String schema() {
        return schema;
    }

    /** Qualified and quoted. */
    String name() {
        return name;
    }

    /** Not by to_regclass, which fails where the schema may not be used. */
    boolean exists(Connection connection) throws SQLException {
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

    void create(Connection connection) throws SQLException {
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

    /** Gives it the column for figures where it lacks it; false when it goes without. */
    boolean upgrade(Connection connection) throws SQLException {
        if (absent) {
            return true;
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
                boolean complete = !row.next();
                boolean may = complete || row.getBoolean(1);
                if (!complete && may) {
                    alter.execute("alter table %s add column if not exists figures jsonb".formatted(name));
                }
                return may;
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
                "The table %s cannot be made or used: %s".formatted(name, e.getMessage()),
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
                    )""".formatted(name));
        }
    }
}
