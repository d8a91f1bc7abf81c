package io.slipway.contracts;

import org.jspecify.annotations.Nullable;

/**
 * Something a rule has to say about a statement.
 *
 * @param line 1-based; 0 when it is about the whole script or plan
 * @param column 1-based; 0 like {@code line}
 * @param lock the lock it takes and whom that blocks, where that is the point
 * @param saferSql how to say it without the danger, for this very statement
 */
public record Finding(
        String ruleId,
        Severity severity,
        @Nullable String script,
        int line,
        int column,
        String message,
        @Nullable String lock,
        @Nullable String saferSql) {

    /** What a finding does to the run: an error refuses it. */
    public enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    public Finding {
        Required.text("ruleId", ruleId, 100);
        Required.present("severity", severity);
        Required.present("message", message);
    }
}
