package io.slipway.audit.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives a statement its values: records and enums by their text, durations in milliseconds, lists as {@code text[]}. Texts
 * lose NUL characters to U+FFFD, since PostgreSQL refuses those.
 */
final class Parameters {
    private Parameters() {}

    static void bind(Connection connection, PreparedStatement statement, @Nullable Object[] values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(connection, statement, i + 1, values[i]);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int index, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case String text -> statement.setString(index, withoutNul(text));
            case Jsonb json -> statement.setString(index, json.text());
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case Duration duration -> statement.setLong(index, duration.toMillis());
            case List<?> texts ->
                statement.setArray(
                        index,
                        connection.createArrayOf(
                                "text",
                                texts.stream()
                                        .map(text -> withoutNul(String.valueOf(text)))
                                        .toArray()));
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Number number -> statement.setObject(index, number);
            case Boolean truth -> statement.setBoolean(index, truth);
            case UUID uuid -> statement.setObject(index, uuid);
            default -> statement.setString(index, withoutNul(value.toString()));
        }
    }

    private static String withoutNul(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
