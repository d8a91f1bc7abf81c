package io.slipway.audit.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a result; columns by name, {@code maybe} for those that may be null. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    public String text(String column) throws SQLException {
        return present(column, maybeText(column));
    }

    public @Nullable String maybeText(String column) throws SQLException {
        return rows.getString(column);
    }

    public UUID uuid(String column) throws SQLException {
        return present(column, maybeUuid(column));
    }

    public @Nullable UUID maybeUuid(String column) throws SQLException {
        return rows.getObject(column, UUID.class);
    }

    public Instant instant(String column) throws SQLException {
        return present(column, maybeInstant(column));
    }

    public @Nullable Instant maybeInstant(String column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public long number(String column) throws SQLException {
        return rows.getLong(column);
    }

    public @Nullable Long maybeNumber(String column) throws SQLException {
        return rows.getObject(column, Long.class);
    }

    public @Nullable Integer maybeInteger(String column) throws SQLException {
        return rows.getObject(column, Integer.class);
    }

    public double decimal(String column) throws SQLException {
        return rows.getDouble(column);
    }

    public @Nullable Double maybeDecimal(String column) throws SQLException {
        return rows.getObject(column, Double.class);
    }

    public @Nullable Boolean maybeTruth(String column) throws SQLException {
        return rows.getObject(column, Boolean.class);
    }

    public byte @Nullable [] maybeBytes(String column) throws SQLException {
        return rows.getBytes(column);
    }

    /** Empty for null. */
    public List<String> texts(String column) throws SQLException {
        Array array = rows.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /** As {@link Query} takes it back: a time as an instant, an array as a list, everything else as the driver gives it. */
    public @Nullable Object value(String column) throws SQLException {
        return switch (rows.getObject(column)) {
            case null -> null;
            case Timestamp time -> time.toInstant();
            case Array array -> List.of((Object[]) array.getArray());
            case Object other -> other;
        };
    }

    private static <T> T present(String column, @Nullable T value) {
        return Objects.requireNonNull(value, () -> "Column '" + column + "' is null, and never should be.");
    }
}
