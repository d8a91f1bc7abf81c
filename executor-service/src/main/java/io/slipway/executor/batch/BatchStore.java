package io.slipway.executor.batch;

import io.slipway.contracts.RunId;
import io.slipway.executor.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code slipway_ledger_batch} beside the ledger. Each batch writes its row in its own transaction. When a script
 * is done the ledger itself says so; the row stays for the record.
 */
final class BatchStore {
    private final String ledger;
    private final String table;

    BatchStore(Ledger ledger) {
        this.ledger = ledger.table();
        this.table = this.ledger + "_batch";
    }

    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table if not exists %s (
                        run_id       uuid        not null,
                        script       text        not null,
                        statement    text        not null,
                        history_rank integer     not null,
                        first_key    text,
                        upper_key    text,
                        last_key     text,
                        batches      integer     not null,
                        rows_changed bigint      not null,
                        begun_at     timestamptz not null default clock_timestamp(),
                        recorded_at  timestamptz not null default clock_timestamp(),
                        primary key (run_id, script)
                    )""".formatted(table));
        }
    }

    /** Where the script was left by the run that is not done with it, whichever that was; empty also without the tables. */
    Optional<BatchState> unfinished(Connection connection, String script) throws SQLException {
        if (!exists(connection)) {
            return Optional.empty();
        }
        String sql = """
                select * from %s batch
                 where script = ?
                   and not exists (select from %s done
                                    where done.run_id = batch.run_id and done.script = batch.script and done.phase = 'DONE')
                 order by recorded_at desc limit 1
                """.formatted(table, ledger);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, script);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(state(row)) : Optional.empty();
            }
        }
    }

    void begin(Connection connection, BatchState state) throws SQLException {
        String sql = """
                insert into %s (run_id, script, statement, history_rank, first_key, upper_key, batches, rows_changed)
                values (?, ?, ?, ?, ?, ?, 0, 0)
                """.formatted(table);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, state.run().value());
            insert.setString(2, state.script());
            insert.setString(3, state.statement());
            insert.setInt(4, state.historyRank());
            insert.setString(5, state.first());
            insert.setString(6, state.upper());
            insert.executeUpdate();
        }
    }

    /** What was left of a script by a run that will not go on with it. */
    void forget(Connection connection, BatchState left) throws SQLException {
        String sql = "delete from %s where run_id = ? and script = ?".formatted(table);
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setObject(1, left.run().value());
            delete.setString(2, left.script());
            delete.executeUpdate();
        }
    }

    /** Hands the script over to another run. */
    void takeOver(Connection connection, BatchState from, RunId run) throws SQLException {
        String sql = "update %s set run_id = ?, recorded_at = clock_timestamp() where run_id = ? and script = ?"
                .formatted(table);
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, run.value());
            update.setObject(2, from.run().value());
            update.setString(3, from.script());
            update.executeUpdate();
        }
    }

    /** In the transaction of the batch itself. */
    void advance(Connection connection, BatchState state) throws SQLException {
        String sql = """
                update %s set last_key = ?, batches = ?, rows_changed = ?, recorded_at = clock_timestamp()
                 where run_id = ? and script = ?
                """.formatted(table);
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, state.last());
            update.setInt(2, state.batches());
            update.setLong(3, state.rows());
            update.setObject(4, state.run().value());
            update.setString(5, state.script());
            if (update.executeUpdate() != 1) {
                throw new SQLException("%s has no row for %s of run %s any more: someone has removed it."
                        .formatted(table, state.script(), state.run()));
            }
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        String sql = "select to_regclass(?) is not null and to_regclass(?) is not null";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, table);
            select.setString(2, ledger);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static BatchState state(ResultSet row) throws SQLException {
        return new BatchState(
                new RunId(row.getObject("run_id", UUID.class)),
                row.getString("script"),
                row.getString("statement"),
                row.getInt("history_rank"),
                row.getString("first_key"),
                row.getString("upper_key"),
                row.getString("last_key"),
                row.getInt("batches"),
                row.getLong("rows_changed"));
    }
}
