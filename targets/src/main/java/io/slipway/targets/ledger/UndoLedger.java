package io.slipway.targets.ledger;

import io.slipway.contracts.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code slipway_ledger_undo} of one target, with a row for each undo script without a transaction that a run has begun:
 * which row of Flyway's history it takes back. A version that was applied anew since has another row, and what was half undone
 * before is nothing to it.
 *
 * <p>A row is known by its rank and its time, for a rank is given again where someone deletes the last row by hand. That time is
 * in the zone of whoever applied the version, so it is compared with nothing but itself.
 */
public final class UndoLedger {
    private final StatementLedger statements;
    private final String table;
    private final String history;

    /**
     * The ledger, whether or not the table exists yet.
     *
     * @param schema as {@link LedgerSchema} has it
     * @param history Flyway's table, qualified and quoted
     */
    public UndoLedger(String schema, String history) {
        this.statements = new StatementLedger(schema);
        this.table = schema + ".slipway_ledger_undo";
        this.history = history;
    }

    /**
     * An undo script that did not come to its end.
     *
     * @param records of its statements, by place; there is at least one
     */
    public record Half(String script, List<StatementRecord> records) {
        public Half {
            records = List.copyOf(records);
        }

        /** Whether it has taken something back, or may have. */
        public boolean tookBack() {
            return records.stream().anyMatch(record -> record.state() != StatementRecord.State.FAILED);
        }
    }

    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table if not exists %s (
                        run_id       uuid        not null,
                        script       text        not null,
                        history_rank integer     not null,
                        installed_on timestamp   not null,
                        recorded_at  timestamptz not null default clock_timestamp(),
                        primary key (run_id, script)
                    )""".formatted(table));
        }
    }

    /**
     * Says which row a script of a run takes back; must be committed before the script begins.
     *
     * @param rank of that row
     */
    public void begin(Connection connection, RunId run, String script, int rank) throws SQLException {
        String sql = """
                insert into %s (run_id, script, history_rank, installed_on)
                select ?, ?, installed_rank, installed_on from %s where installed_rank = ?
                on conflict do nothing
                """.formatted(table, history);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, run.value());
            insert.setString(2, script);
            insert.setInt(3, rank);
            insert.executeUpdate();
        }
    }

    /**
     * What was done last to take a row back that still stands. A run whose first statement failed has done nothing, so that what
     * one before it did still counts.
     *
     * @param rank of that row
     */
    public Optional<Half> half(Connection connection, int rank) throws SQLException {
        if (!exists(connection)) {
            return Optional.empty();
        }
        String sql = """
                select u.run_id, u.script
                  from %s u
                  join %s h on h.installed_rank = u.history_rank and h.installed_on = u.installed_on
                  join %s s on s.run_id = u.run_id and s.script = u.script
                 where h.installed_rank = ?
                 group by u.run_id, u.script
                 order by bool_or(s.state <> 'FAILED') desc, u.recorded_at desc
                 limit 1
                """.formatted(table, history, statements.table());
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, rank);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(half(connection, row)) : Optional.empty();
            }
        }
    }

    private Half half(Connection connection, ResultSet row) throws SQLException {
        String script = row.getString("script");
        RunId run = new RunId(row.getObject("run_id", UUID.class));
        return new Half(script, statements.of(connection, run, script));
    }

    private boolean exists(Connection connection) throws SQLException {
        String sql = "select to_regclass(?) is not null and to_regclass(?) is not null";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, table);
            select.setString(2, statements.table());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
