package io.slipway.sql.rule;

import org.jspecify.annotations.Nullable;

/**
 * Something a rule has to say about a statement or a script.
 *
 * @param script the script's name as the caller gave it
 * @param line 1-based; 0 when it is about the script as a whole
 * @param column 1-based, in UTF-16 code units; 0 like {@code line}
 * @param offset 0-based, in the script as it was analysed; 0 like {@code line}
 * @param length of what it is about, in UTF-16 code units; 0 like {@code line}
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
        int offset,
        int length,
        String message,
        String whatHappens,
        @Nullable String lock,
        @Nullable String saferSql) {

    /** The finding of a rule that this hit is. */
    public static Finding of(Rule rule, Severity severity, String script, Hit hit) {
        var at = hit.at();
        String happens = hit.whatHappens();
        return new Finding(
                rule.id(),
                severity,
                script,
                at == null ? 0 : at.start().line(),
                at == null ? 0 : at.start().column(),
                at == null ? 0 : at.start().offset(),
                at == null ? 0 : at.length(),
                hit.message(),
                happens == null ? rule.whatHappens() : happens,
                hit.lock(),
                hit.saferSql());
    }

    /** The same, at its place in the text that the analysed one was made of. */
    public Finding movedTo(int newLine, int newColumn, int newOffset, int newLength) {
        return new Finding(
                ruleId,
                severity,
                script,
                newLine,
                newColumn,
                newOffset,
                newLength,
                message,
                whatHappens,
                lock,
                saferSql);
    }
}
