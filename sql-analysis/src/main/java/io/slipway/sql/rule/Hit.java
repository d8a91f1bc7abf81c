package io.slipway.sql.rule;

import io.slipway.sql.ast.Name;
import io.slipway.sql.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * A place where a rule applies.
 *
 * @param at null when it is about the script as a whole
 * @param whatHappens null where the rule's own words say all
 * @param severity null for the rule's own
 * @param growsWith the table whose size decides how long it takes
 */
public record Hit(
        @Nullable Span at,
        String message,
        @Nullable String whatHappens,
        @Nullable String lock,
        @Nullable String saferSql,
        @Nullable Severity severity,
        @Nullable Name growsWith) {

    static Hit of(Span at, String message) {
        return new Hit(at, message, null, null, null, null, null);
    }

    /** About the script as a whole. */
    public static Hit ofFile(String message) {
        return new Hit(null, message, null, null, null, null, null);
    }

    Hit because(String happens) {
        return new Hit(at, message, happens, lock, saferSql, severity, growsWith);
    }

    Hit locks(@Nullable String what) {
        return new Hit(at, message, whatHappens, what, saferSql, severity, growsWith);
    }

    Hit safer(@Nullable String sql) {
        return new Hit(at, message, whatHappens, lock, sql, severity, growsWith);
    }

    Hit as(Severity other) {
        return new Hit(at, message, whatHappens, lock, saferSql, other, growsWith);
    }

    Hit warnedIf(boolean mild) {
        return mild ? as(Severity.WARNING) : this;
    }

    Hit growsWith(Name table) {
        return new Hit(at, message, whatHappens, lock, saferSql, severity, table);
    }
}
