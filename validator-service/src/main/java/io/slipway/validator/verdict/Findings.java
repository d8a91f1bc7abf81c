package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Finding.Severity;
import io.slipway.contracts.FindingIds;
import io.slipway.sql.analyze.Analysis.Suppressed;
import io.slipway.validator.placeholder.ResolvedSql.Unresolved;
import org.jspecify.annotations.Nullable;

/** Puts what was found into the words of the contract. */
final class Findings {
    /** A generated statement for a table of a thousand columns helps nobody in an event. */
    private static final int MAX_TEXT = 4_000;

    private Findings() {}

    static Finding of(io.slipway.sql.rule.Finding found) {
        return of(found, severity(found.severity()), "");
    }

    /** Silenced by a comment in the script: on the record, and without weight. */
    static Finding of(Suppressed suppressed) {
        return of(suppressed.finding(), Severity.INFO, "Suppressed (%s): ".formatted(suppressed.reason()));
    }

    /**
     * @param runs whether the script is one that the plan runs; an undo script at hand may wait for its values
     */
    static Finding of(Unresolved placeholder, String script, boolean runs) {
        return new Finding(
                FindingIds.UNRESOLVED_PLACEHOLDER,
                runs ? Severity.ERROR : Severity.WARNING,
                script,
                placeholder.line(),
                placeholder.column(),
                cut(
                        "There is no value for the placeholder ${%s}. Give it in the request's placeholders, or switch replacement off for this script with placeholderReplacement=false in its .conf file."
                                .formatted(placeholder.name())),
                null,
                null);
    }

    static Finding digestMismatch() {
        return plan(
                FindingIds.PLAN_DIGEST_MISMATCH,
                Severity.ERROR,
                "The plan's content is not what its digest was made of, so it was altered on its way. Nothing of it was read; ask for the migration again and look for who writes to the topic of events.");
    }

    static Finding notJudged(String why) {
        return plan(
                FindingIds.PLAN_NOT_JUDGED,
                Severity.ERROR,
                cut("The validator could not judge the plan: %s. This is a fault of the validator; its log says more."
                        .formatted(why)));
    }

    static Finding plan(String ruleId, Severity severity, String message) {
        return new Finding(ruleId, severity, null, 0, 0, message, null, null);
    }

    private static Finding of(io.slipway.sql.rule.Finding found, Severity severity, String before) {
        String message = found.whatHappens().isBlank() ? found.message() : found.message() + " " + found.whatHappens();
        return new Finding(
                found.ruleId(),
                severity,
                found.script(),
                found.line(),
                found.column(),
                cut(before + message),
                found.lock() == null ? null : cut(found.lock()),
                whole(found.saferSql()));
    }

    private static Severity severity(io.slipway.sql.rule.Severity severity) {
        return switch (severity) {
            case ERROR -> Severity.ERROR;
            case WARNING -> Severity.WARNING;
            case INFO -> Severity.INFO;
        };
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    /** Half a statement is worse than none. */
    private static @Nullable String whole(@Nullable String sql) {
        return sql == null || sql.length() > MAX_TEXT ? null : sql;
    }
}
