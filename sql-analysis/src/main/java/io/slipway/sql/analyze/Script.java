package io.slipway.sql.analyze;

import org.jspecify.annotations.Nullable;

/**
 * A script of a plan.
 *
 * @param name what findings call it, usually its file name
 * @param version null for repeatable ones
 * @param sql with placeholders already replaced
 * @param settings the content of the {@code .sql.conf} file beside it, where there is one
 */
public record Script(
        String name,
        Kind kind,
        @Nullable String version,
        String sql,
        @Nullable String settings) {
    public enum Kind {
        VERSIONED,
        REPEATABLE,
        UNDO,
        CALLBACK,
        /** A script that Flyway does not run. */
        OTHER
    }

    public Script(String name, Kind kind, @Nullable String version, String sql) {
        this(name, kind, version, sql, null);
    }
}
