package io.slipway.sql.analyze;

import org.jspecify.annotations.Nullable;

/**
 * A script of a plan.
 *
 * @param name what findings call it, usually its file name
 * @param version null for repeatable ones
 * @param sql with placeholders already replaced
 */
public record Script(String name, Kind kind, @Nullable String version, String sql) {
    public enum Kind {
        VERSIONED,
        REPEATABLE,
        UNDO
    }
}
