package io.slipway.sql.rule;

import org.jspecify.annotations.Nullable;

/**
 * Something a rule has to say about a statement or a script.
 *
 * @param script the script's name as the caller gave it
 * @param line 1-based; 0 when it is about the script as a whole
 * @param column 1-based, in UTF-16 code units; 0 like {@code line}
 * @param message one sentence that names the objects concerned
 * @param whatHappens what it means for rows and running clients
 * @param lock the lock and whom it blocks, where a lock is involved
 * @param saferSql SQL for this very statement, where there is a safer form
 */
public record Finding(
        String ruleId,
        Severity severity,
        String script,
        int line,
        int column,
        String message,
        String whatHappens,
        @Nullable String lock,
        @Nullable String saferSql) {}
