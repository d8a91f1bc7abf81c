package io.slipway.sql.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule: its name, what it stands for, and the predicate.
 *
 * @param id stable; suppressions and policies name it
 * @param severity unless the case is a milder or a worse one, see {@link Hit#as}
 * @param profile the least demanding profile that it belongs to
 * @param title what it catches, in one line
 * @param whatHappens what it means for rows and running clients
 * @param lock the lock behind it and whom it blocks, where one is
 * @param errorInStrict whether the strict profile refuses what the others only warn of
 * @param examples its documentation, and its tests
 */
public record Rule(
        String id,
        Category category,
        Severity severity,
        Profile profile,
        String title,
        String whatHappens,
        @Nullable String lock,
        boolean errorInStrict,
        Check check,
        List<Example> examples) {

    /** What a rule protects. */
    public enum Category {
        AVAILABILITY("Locks and scans"),
        REWRITE("Rewrites"),
        DATA_LOSS("Data loss and the way back"),
        COMPATIBILITY("Compatibility with running code"),
        FORMAT("Transactions and Flyway's format"),
        SECURITY("Security and privileges"),
        DESIGN("Design advice");

        private final String title;

        Category(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public Rule {
        examples = List.copyOf(examples);
        if (!whatHappens.endsWith(".")) {
            throw new IllegalArgumentException("Rule %s: expected sentences, found '%s'".formatted(id, whatHappens));
        }
    }

    static RuleDraft named(String id) {
        return new RuleDraft(id);
    }

    public List<Example> examples(Example.Kind kind) {
        return examples.stream().filter(example -> example.kind() == kind).toList();
    }
}
