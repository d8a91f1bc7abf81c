package io.slipway.targets.ledger;

import io.slipway.contracts.RunId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code slipway_ledger_statement} of one target, beside {@code slipway_ledger}, with a row for each
 * statement of a script without a transaction. It is made with the first such script; Flyway's history is there by then.
 */
public final class StatementLedger {
    private final String schema;

    /**
     * The ledger, whether or not the table exists yet.
     *
     * @param schema as {@link LedgerSchema} has it
     */
    public StatementLedger(String schema) {
        this.schema = schema;
    }

    /** Qualified and quoted, for use in SQL. */
    public String table() {
        return schema + ".slipway_ledger_statement";
    }

    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table if not exists %s (
                        run_id          uuid        not null,
                        script          text        not null,
                        statement       integer     not null check (statement > 0),
                        sha256          text        not null,
                        line            integer     not null,
                        state           text        not null check (state in ('INTENDED', 'FAILED', 'DONE')),
                        atomic          boolean     not null,
                        session         integer     not null,
                        session_started timestamptz not null,
                        before          bigint[]    not null default '{}',
                        left_behind     bigint[],
                        recorded_at     timestamptz not null default clock_timestamp(),
                        primary key (run_id, script, statement)
                    )""".formatted(table()));
        }
    }

    /** In the caller's transaction, or at once where there is none. */
    public void write(Connection connection, RunId run, String script, StatementRecord record) throws SQLException {
        String sql = """
                insert into %s (run_id, script, statement, sha256, line, state, atomic, session, session_started,
                                before, left_behind)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run_id, script, statement) do update
                   set sha256 = excluded.sha256, line = excluded.line, state = excluded.state,
                       atomic = excluded.atomic, session = excluded.session, session_started = excluded.session_started,
                       before = excluded.before, left_behind = excluded.left_behind,
                       recorded_at = excluded.recorded_at
                """.formatted(table());
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, run.value());
            insert.setString(2, script);
            insert.setInt(3, record.number());
            insert.setString(4, record.sha256());
            insert.setInt(5, record.line());
            insert.setString(6, record.state().name());
            insert.setBoolean(7, record.atomic());
            insert.setInt(8, record.session());
            insert.setObject(9, record.sessionStarted().atOffset(ZoneOffset.UTC));
            insert.setArray(10, array(connection, record.before()));
            List<Long> left = record.left();
            insert.setArray(11, left == null ? null : array(connection, left));
            insert.executeUpdate();
        }
    }

    private static Array array(Connection connection, List<Long> identifiers) throws SQLException {
        return connection.createArrayOf("bigint", identifiers.toArray());
    }

    /** What a run has recorded of a script, by place; empty without the table. */
    public List<StatementRecord> of(Connection connection, RunId run, String script) throws SQLException {
        return exists(connection) ? select(connection, run.value(), script) : List.of();
    }

    /**
     * What the run that came to a script last, and did not end it, has recorded of it: nothing when it did not come to the first
     * statement. Absent without the table, or when that script was another one.
     *
     * @param checksum Flyway's, as its history has it for that script
     */
    public Optional<List<StatementRecord>> last(Connection connection, String script, @Nullable Integer checksum)
            throws SQLException {
        if (!exists(connection)) {
            return Optional.empty();
        }
        String sql = """
                select run_id, phase = 'INTENDED' and checksum is not distinct from ?
                  from %s.slipway_ledger where script = ? order by recorded_at desc limit 1
                """.formatted(schema);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, checksum, Types.INTEGER);
            select.setString(2, script);
            try (ResultSet row = select.executeQuery()) {
                boolean wanted = row.next() && row.getBoolean(2);
                return wanted
                        ? Optional.of(select(connection, row.getObject(1, UUID.class), script))
                        : Optional.empty();
            }
        }
    }

    private List<StatementRecord> select(Connection connection, UUID run, String script) throws SQLException {
        String sql = "select * from %s where run_id = ? and script = ? order by statement".formatted(table());
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, run);
            select.setString(2, script);
            try (ResultSet row = select.executeQuery()) {
                List<StatementRecord> records = new ArrayList<>();
                while (row.next()) {
                    records.add(new StatementRecord(
                            row.getInt("statement"),
                            row.getString("sha256"),
                            row.getInt("line"),
                            StatementRecord.State.valueOf(row.getString("state")),
                            row.getBoolean("atomic"),
                            row.getInt("session"),
                            row.getObject("session_started", OffsetDateTime.class)
                                    .toInstant(),
                            Arrays.asList((Long[]) row.getArray("before").getArray()),
                            left(row.getArray("left_behind"))));
                }
                return records;
            }
        }
    }

    private static @Nullable List<Long> left(@Nullable Array array) throws SQLException {
        return array == null ? null : Arrays.asList((Long[]) array.getArray());
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select to_regclass(?) is not null")) {
            select.setString(1, table());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
