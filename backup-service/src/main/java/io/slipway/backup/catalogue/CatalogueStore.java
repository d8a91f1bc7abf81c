package io.slipway.backup.catalogue;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code backup}. */
@ApplicationScoped
public class CatalogueStore {
    private final DataSource database;

    CatalogueStore(DataSource database) {
        this.database = database;
    }

    public void add(CataloguedBackup backup) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO backup (id, run_id, target, location, size_bytes, sha256, entries, tool,
                                            started_at, finished_at, verified_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
            insert.setString(1, backup.id());
            insert.setObject(2, backup.runId().value());
            insert.setString(3, backup.target().name());
            insert.setString(4, backup.location());
            insert.setLong(5, backup.sizeBytes());
            insert.setString(6, backup.sha256());
            insert.setInt(7, backup.entries());
            insert.setString(8, backup.tool());
            insert.setTimestamp(9, Timestamp.from(backup.started()));
            insert.setTimestamp(10, Timestamp.from(backup.finished()));
            insert.setTimestamp(11, Timestamp.from(backup.verified()));
            insert.executeUpdate();
        }
    }

    /** Where the dump of this release is, absent when there is none. */
    public Optional<String> location(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT location FROM backup WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** The newest first, removed ones included. */
    List<CataloguedBackup> list(@Nullable TargetId target, int limit) throws SQLException {
        return query("""
                SELECT * FROM backup
                 WHERE ?::text IS NULL OR target = ?::text
                 ORDER BY started_at DESC, id
                 LIMIT ?
                """, target, limit);
    }

    /** Those of a target whose files are there, the newest first. */
    List<CataloguedBackup> present(TargetId target, int limit) throws SQLException {
        return query("""
                SELECT * FROM backup
                 WHERE target = coalesce(?::text, ?::text) AND removed_at IS NULL
                 ORDER BY started_at DESC, id
                 LIMIT ?
                """, target, limit);
    }

    void removed(CataloguedBackup backup, Instant when) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE backup SET removed_at = ? WHERE id = ?")) {
            update.setTimestamp(1, Timestamp.from(when));
            update.setString(2, backup.id());
            update.executeUpdate();
        }
    }

    private List<CataloguedBackup> query(String sql, @Nullable TargetId target, int limit) throws SQLException {
        String name = target == null ? null : target.name();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, name);
            select.setString(2, name);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                List<CataloguedBackup> found = new ArrayList<>();
                while (row.next()) {
                    found.add(read(row));
                }
                return found;
            }
        }
    }

    private static CataloguedBackup read(ResultSet row) throws SQLException {
        Timestamp removed = row.getTimestamp("removed_at");
        return new CataloguedBackup(
                row.getString("id"),
                new RunId(row.getObject("run_id", UUID.class)),
                new TargetId(row.getString("target")),
                row.getString("location"),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                row.getInt("entries"),
                row.getString("tool"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("finished_at").toInstant(),
                row.getTimestamp("verified_at").toInstant(),
                removed == null ? null : removed.toInstant());
    }
}
