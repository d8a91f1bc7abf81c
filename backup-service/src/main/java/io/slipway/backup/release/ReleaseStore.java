package io.slipway.backup.release;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.RunReleased;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The table {@code release}. */
@ApplicationScoped
class ReleaseStore {
    private final DataSource database;

    ReleaseStore(DataSource database) {
        this.database = database;
    }

    /** False when it is there already. */
    boolean add(Release release) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO release (id, run_id, target, plan, backup) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (id) DO NOTHING
                        """)) {
            insert.setString(1, release.id());
            insert.setObject(2, release.runId().value());
            insert.setString(3, release.target().name());
            insert.setString(4, release.plan().value());
            insert.setString(
                    5, release.backup() == null ? null : release.backup().name());
            return insert.executeUpdate() == 1;
        }
    }

    Optional<Release> unsettled(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT run_id, target, plan, backup FROM release WHERE id = ? AND settled_at IS NULL")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Release(
                                new RunId(row.getObject(1, UUID.class)),
                                new TargetId(row.getString(2)),
                                new PlanDigest(row.getString(3)),
                                row.getString(4) == null ? null : RunReleased.Backup.valueOf(row.getString(4))))
                        : Optional.empty();
            }
        }
    }

    /** False when someone else was first; until the transaction ends nobody else can be. */
    boolean settle(String id, String outcome) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        UPDATE release SET settled_at = now(), outcome = ? WHERE id = ? AND settled_at IS NULL
                        """)) {
            update.setString(1, outcome);
            update.setString(2, id);
            return update.executeUpdate() == 1;
        }
    }
}
