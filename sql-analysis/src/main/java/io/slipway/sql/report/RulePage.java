package io.slipway.sql.report;

import io.slipway.sql.rule.Example;
import io.slipway.sql.rule.Profile;
import io.slipway.sql.rule.Rule;
import java.util.List;
import java.util.Locale;

/** What there is to say about a rule: its page in the documentation, and its help in reports. */
public final class RulePage {
    private RulePage() {}

    public static String text(Rule rule) {
        StringBuilder page = new StringBuilder(rule.id())
                .append(" (%s, profile %s)\n"
                        .formatted(severity(rule), rule.profile().word()))
                .append(rule.title())
                .append(".\n\n")
                .append(rule.whatHappens())
                .append('\n');
        String lock = rule.lock();
        if (lock != null) {
            page.append("Lock: ").append(lock).append('\n');
        }
        section("Reported", rule.examples(Example.Kind.BAD), page);
        section("Left alone", rule.examples(Example.Kind.GOOD), page);
        return page.append("\nSuppress it: -- slipway:ignore %s: reason\n".formatted(rule.id()))
                .toString();
    }

    private static void section(String title, List<Example> examples, StringBuilder page) {
        if (!examples.isEmpty()) {
            page.append('\n').append(title).append(":\n");
            examples.forEach(example -> page.append("  ")
                    .append(example.sql().strip().replace("\n", "\n  "))
                    .append('\n'));
        }
    }

    public static String markdown(Rule rule) {
        StringBuilder page = new StringBuilder("**%s.** %s, profile `%s`.\n\n%s\n"
                .formatted(rule.title(), severity(rule), rule.profile().word(), rule.whatHappens()));
        String lock = rule.lock();
        if (lock != null) {
            page.append("\nLock: ").append(lock).append('\n');
        }
        code("Reported", rule.examples(Example.Kind.BAD), page);
        code("Left alone", rule.examples(Example.Kind.GOOD), page);
        return page.toString();
    }

    private static void code(String title, List<Example> examples, StringBuilder page) {
        if (!examples.isEmpty()) {
            page.append('\n').append(title).append(":\n\n```sql\n");
            examples.forEach(example -> page.append(example.sql().strip()).append('\n'));
            page.append("```\n");
        }
    }

    private static String severity(Rule rule) {
        String own = rule.severity().name().toLowerCase(Locale.ROOT);
        return rule.errorInStrict() && rule.profile() == Profile.DEFAULT ? own + ", in strict an error" : own;
    }
}
