package io.slipway.targets.flyway;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Flyway's history of a target, read without Flyway.
 * @param exists whether there is a history table at all
 * @param rows by installed rank
 */
public record SchemaHistory(boolean exists, List<HistoryRow> rows) {
    public static final String TABLE = "flyway_schema_history";

    private static final SchemaHistory NONE = new SchemaHistory(false, List.of());

    public SchemaHistory {
        rows = List.copyOf(rows);
    }

    /** Reads in the schema that the settings name first, else in the connection's own. */
    public static SchemaHistory read(Connection connection, FlywaySettings settings) throws SQLException {
        Optional<String> table = table(connection, settings);
        return table.isEmpty() ? NONE : new SchemaHistory(true, rows(connection, table.get()));
    }

    /** The schema in which Flyway has the history, or is to have it. */
    public static String schema(Connection connection, FlywaySettings settings) throws SQLException {
        if (!settings.schemas().isEmpty()) {
            return settings.schemas().getFirst();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(current_schema(), 'public')")) {
            row.next();
            return row.getString(1);
        }
    }

    /** @param table quoted */
    private static List<HistoryRow> rows(Connection connection, String table) throws SQLException {
        String query = """
                SELECT installed_rank, version, description, type, script, checksum, installed_by, installed_on, success
                  FROM %s
                 ORDER BY installed_rank
                """.formatted(table);
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            List<HistoryRow> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row(row));
            }
            return rows;
        }
    }

    /** The quoted name of the table, with its schema, where it exists. */
    public static Optional<String> table(Connection connection, FlywaySettings settings) throws SQLException {
        String query = """
                SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                  FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = coalesce(?, current_schema())
                   AND c.relname = ?
                   AND c.relkind IN ('r', 'p')
                """;
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(
                    1, settings.schemas().isEmpty() ? null : settings.schemas().getFirst());
            statement.setString(2, TABLE);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static HistoryRow row(ResultSet row) throws SQLException {
        String version = row.getString("version");
        int checksum = row.getInt("checksum");
        Integer known = row.wasNull() ? null : checksum;
        Timestamp installedOn = row.getTimestamp("installed_on");
        return new HistoryRow(
                row.getInt("installed_rank"),
                version == null ? null : new MigrationVersion(version),
                row.getString("description"),
                row.getString("type"),
                row.getString("script"),
                known,
                row.getString("installed_by"),
                installedOn.toInstant(),
                row.getBoolean("success"));
    }

    /**
     * The versions that are in effect, in the order in which they were applied, baseline included: successful, and not
     * taken back by a later row of type DELETE.
     */
    public List<HistoryRow> applied() {
        Map<MigrationVersion, HistoryRow> inEffect = new TreeMap<>();
        for (HistoryRow row : rows) {
            if (row.version() == null || !row.success()) {
                continue;
            }
            if (row.takesBack()) {
                inEffect.remove(row.version());
            } else if (row.migration()) {
                inEffect.put(row.version(), row);
            }
        }
        return inEffect.values().stream()
                .sorted(Comparator.comparingInt(HistoryRow::installedRank))
                .toList();
    }

    /** What can be taken back: the versions that are in effect, and those that failed half-way, in their order. */
    public List<HistoryRow> standing() {
        return Stream.concat(applied().stream(), failed().stream().filter(row -> row.version() != null))
                .sorted(Comparator.comparingInt(HistoryRow::installedRank))
                .toList();
    }

    /** The repeatable migrations that are in effect, each as it was applied last, by description. */
    public List<HistoryRow> repeatables() {
        Map<String, HistoryRow> inEffect = new LinkedHashMap<>();
        for (HistoryRow row : rows) {
            if (row.version() != null || !row.success()) {
                continue;
            }
            if (row.takesBack()) {
                inEffect.remove(row.description());
            } else if (row.migration()) {
                inEffect.put(row.description(), row);
            }
        }
        return List.copyOf(inEffect.values());
    }

    /** The highest rank; one below all others without rows. */
    public int lastRank() {
        return rows.isEmpty() ? Integer.MIN_VALUE : rows.getLast().installedRank();
    }

    /** Rows of scripts that failed half-way and have not been repaired. */
    public List<HistoryRow> failed() {
        return rows.stream().filter(row -> !row.success()).toList();
    }

    /** The highest version in effect. */
    public Optional<MigrationVersion> currentVersion() {
        return applied().stream()
                .map(HistoryRow::version)
                .filter(Objects::nonNull)
                .max(MigrationVersion::compareTo);
    }

    /** SHA-256 over what the rows say of the migrations; when and by whom they were applied is left out. */
    public String digest() {
        MessageDigest sha = sha256();
        for (HistoryRow row : rows) {
            feed(sha, String.valueOf(row.installedRank()));
            feed(sha, row.version() == null ? null : row.version().value());
            feed(sha, row.description());
            feed(sha, row.type());
            feed(sha, row.script());
            feed(sha, row.checksum() == null ? null : row.checksum().toString());
            feed(sha, String.valueOf(row.success()));
        }
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
    }

    /** Length first, so that no two histories share one byte sequence; an absent field differs from an empty one. */
    private static void feed(MessageDigest sha, @Nullable String field) {
        byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
        sha.update(((field == null ? -1 : bytes.length) + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
