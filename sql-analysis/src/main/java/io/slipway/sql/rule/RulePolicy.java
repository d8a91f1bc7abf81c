package io.slipway.sql.rule;

import io.slipway.sql.rule.Rule.Category;
import java.util.Set;

/**
 * Which rules look, and how serious it is what they find.
 *
 * @param added ids of rules that look although their profile is another one
 * @param removed ids of rules that do not look
 */
public record RulePolicy(Profile profile, Set<String> added, Set<String> removed) {
    public static final RulePolicy DEFAULT = of(Profile.DEFAULT);

    public RulePolicy {
        added = Set.copyOf(added);
        removed = Set.copyOf(removed);
    }

    public static RulePolicy of(Profile profile) {
        return new RulePolicy(profile, Set.of(), Set.of());
    }

    public boolean applies(Rule rule) {
        return !removed.contains(rule.id()) && (profile.includes(rule) || added.contains(rule.id()));
    }

    /**
     * The severity by the effect, by the size of the table where that decides, and by what the plan is for: undoing drops
     * what was added and renames back what was renamed, so that is only warned of in a rollback.
     */
    public Severity severity(Rule rule, Hit hit, Deployment deployment) {
        Severity own = hit.severity();
        Severity severity = own == null ? rule.severity() : own;
        if (profile == Profile.STRICT && rule.errorInStrict()) {
            severity = Severity.ERROR;
        }
        if (severity == Severity.ERROR && deployment.rollback() && meantByUndo(rule)) {
            severity = Severity.WARNING;
        }
        return onSmallTable(hit, deployment) ? milder(severity) : severity;
    }

    private static boolean meantByUndo(Rule rule) {
        return rule.category() == Category.DATA_LOSS && !rule.id().equals("drop-database")
                || rule.category() == Category.COMPATIBILITY;
    }

    private static boolean onSmallTable(Hit hit, Deployment deployment) {
        var table = hit.growsWith();
        return table != null
                && deployment
                        .environment()
                        .sizes()
                        .of(table.in(deployment.environment().defaultSchema()))
                        .filter(TableSizes.Size::small)
                        .isPresent();
    }

    private static Severity milder(Severity severity) {
        return switch (severity) {
            case ERROR -> Severity.WARNING;
            case WARNING, INFO -> Severity.INFO;
        };
    }
}
