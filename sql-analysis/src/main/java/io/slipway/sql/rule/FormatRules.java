package io.slipway.sql.rule;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.rule.Rule.Category;
import io.slipway.sql.rule.Rule.Check;
import java.util.List;

/** Rules about scripts as such: undo scripts, what cannot be analysed, suppressions. */
public final class FormatRules {
    public static final Rule UNDO_MISSING = new Rule(
            "undo-missing",
            Severity.WARNING,
            Category.FORMAT,
            "A versioned migration without an undo script",
            Check.OF_SCRIPTS);

    public static final Rule UNDO_EMPTY = new Rule(
            "undo-empty", Severity.ERROR, Category.FORMAT, "An undo script without a statement", Check.OF_SCRIPTS);

    public static final Rule SUPPRESSION_INVALID = new Rule(
            "suppression-invalid",
            Severity.ERROR,
            Category.FORMAT,
            "A suppression without a reason, of an unknown rule, or in a place where it does nothing",
            Check.OF_SCRIPTS);

    public static final Rule UNANALYZABLE_STATEMENT = new Rule(
            "unanalyzable-statement",
            Severity.WARNING,
            Category.FORMAT,
            "A statement of which it is not known what it does",
            (statement, situation) -> unanalyzable(statement));

    private FormatRules() {}

    static List<Rule> all() {
        return List.of(UNDO_MISSING, UNDO_EMPTY, SUPPRESSION_INVALID, UNANALYZABLE_STATEMENT);
    }

    private static List<Hit> unanalyzable(Statement statement) {
        return switch (statement) {
            case Statement.Unreadable unreadable ->
                List.of(Hit.of(
                        unreadable.span(),
                        "This statement was not analysed: " + unreadable.reason() + ".",
                        "No rule has looked at it. It may be wrong, and PostgreSQL will refuse it; or it is valid and does"
                                + " anything, dropping tables included.",
                        null,
                        null));
            case Statement.AnonymousBlock block
            when !block.body().complete() ->
                List.of(Hit.of(
                        block.span(),
                        "A DO block was not analysed in full: %s."
                                .formatted(String.join("; ", block.body().notAnalysed())),
                        "No rule has looked into it. Plain statements say what they do before they run.",
                        null,
                        null));
            default -> List.of();
        };
    }
}
