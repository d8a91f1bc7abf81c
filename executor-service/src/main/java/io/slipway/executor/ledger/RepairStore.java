package io.slipway.executor.ledger;

import io.slipway.contracts.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The table {@code slipway_ledger_repair} beside the ledger: what a run has left of the history that it was planned for, where
 * it removed the rows of scripts that had failed. Made with the first such row; without it anything would pass for what is left.
 */
public final class RepairStore {
    private final Ledger ledger;
    private final String table;

    public RepairStore(Ledger ledger) {
        this.ledger = ledger;
        this.table = ledger.table() + "_repair";
    }

    /**
     * To be called in the transaction that removes the rows.
     *
     * @param digest of the history without them, and without what the run has added
     * @throws io.slipway.executor.guard.Refused when the role may not
     */
    public void add(Connection connection, RunId run, String digest) throws SQLException {
        String sql = "insert into %s (run_id, history_digest) values (?, ?) on conflict do nothing".formatted(table);
        try {
            create(connection);
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setObject(1, run.value());
                insert.setString(2, digest);
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw ledger.refusing(e);
        }
    }

    private void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table if not exists %s (
                        run_id         uuid        not null,
                        history_digest text        not null,
                        recorded_at    timestamptz not null default clock_timestamp(),
                        primary key (run_id, history_digest)
                    )""".formatted(table));
        }
    }

    /** The digests that a run has recorded; none without the table. */
    public Set<String> of(Connection connection, RunId run) throws SQLException {
        Set<String> digests = new HashSet<>();
        if (exists(connection)) {
            String sql = "select history_digest from %s where run_id = ?".formatted(table);
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setObject(1, run.value());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        digests.add(row.getString(1));
                    }
                }
            }
        }
        return digests;
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select to_regclass(?) is not null")) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
