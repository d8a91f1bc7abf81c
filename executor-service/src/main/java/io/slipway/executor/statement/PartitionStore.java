package io.slipway.executor.statement;

import io.slipway.sql.ast.Name;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Partitions in the catalogue. */
final class PartitionStore {
    private PartitionStore() {}

    /** @param detaching its detachment was begun and has to be completed */
    record Attached(long id, boolean detaching) {}

    /** Empty when it is no partition of that table. */
    static Optional<Attached> find(Connection connection, Name parent, Name partition) throws SQLException {
        String sql = """
                select inhrelid::bigint, inhdetachpending from pg_inherits
                 where inhparent = to_regclass(?) and inhrelid = to_regclass(?)
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, parent.sql());
            select.setString(2, partition.sql());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Attached(row.getLong(1), row.getBoolean(2))) : Optional.empty();
            }
        }
    }

    /** Completes a detachment that was begun. */
    static void finish(Connection connection, Name parent, Name partition) throws SQLException {
        try (var alter = connection.createStatement()) {
            alter.execute("alter table %s detach partition %s finalize".formatted(parent.sql(), partition.sql()));
        }
    }
}
