package io.slipway.validator.check.backup;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupSkipped;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tables {@code verified_backup} and {@code skipped_backup}: one row for each target, that of the newest fact. */
@ApplicationScoped
public class BackupStore {
    private final DataSource database;

    BackupStore(DataSource database) {
        this.database = database;
    }

    public void completed(BackupCompleted fact, Instant at) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement("""
                        INSERT INTO verified_backup AS known (target, run_id, at, entries, tool) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (target) DO UPDATE
                           SET run_id = excluded.run_id, at = excluded.at, entries = excluded.entries, tool = excluded.tool
                         WHERE known.at <= excluded.at
                        """)) {
            upsert.setString(1, fact.target().name());
            upsert.setObject(2, fact.runId().value());
            upsert.setObject(3, at.atOffset(ZoneOffset.UTC));
            upsert.setInt(4, fact.backup().entries());
            upsert.setString(5, fact.backup().tool());
            upsert.executeUpdate();
        }
    }

    public void skipped(BackupSkipped fact, Instant at) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement("""
                        INSERT INTO skipped_backup AS known (target, run_id, at, why) VALUES (?, ?, ?, ?)
                        ON CONFLICT (target) DO UPDATE SET run_id = excluded.run_id, at = excluded.at, why = excluded.why
                         WHERE known.at <= excluded.at
                        """)) {
            upsert.setString(1, fact.target().name());
            upsert.setObject(2, fact.runId().value());
            upsert.setObject(3, at.atOffset(ZoneOffset.UTC));
            upsert.setString(4, fact.why());
            upsert.executeUpdate();
        }
    }

    HeardOfBackups heard(TargetId target) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new HeardOfBackups(verified(connection, target), skipped(connection, target));
        }
    }

    private static @Nullable VerifiedBackup verified(Connection connection, TargetId target) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT run_id, at, entries, tool FROM verified_backup WHERE target = ?")) {
            select.setString(1, target.name());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new VerifiedBackup(run(row), at(row), row.getInt("entries"), row.getString("tool"))
                        : null;
            }
        }
    }

    private static @Nullable SkippedBackup skipped(Connection connection, TargetId target) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT run_id, at, why FROM skipped_backup WHERE target = ?")) {
            select.setString(1, target.name());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new SkippedBackup(run(row), at(row), row.getString("why")) : null;
            }
        }
    }

    private static RunId run(ResultSet row) throws SQLException {
        return new RunId(row.getObject("run_id", UUID.class));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return row.getObject("at", OffsetDateTime.class).toInstant();
    }
}
