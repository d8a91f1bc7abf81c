package io.slipway.sql.rule;

import io.slipway.sql.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * A place where a rule applies.
 *
 * @param softened whether this is a case in which the rule only warns
 */
public record Hit(
        Span at,
        String message,
        String whatHappens,
        @Nullable String lock,
        @Nullable String saferSql,
        boolean softened) {

    static Hit of(Span at, String message, String whatHappens, @Nullable String lock, @Nullable String saferSql) {
        return new Hit(at, message, whatHappens, lock, saferSql, false);
    }

    Hit softenedIf(boolean soften) {
        return new Hit(at, message, whatHappens, lock, saferSql, soften);
    }
}
