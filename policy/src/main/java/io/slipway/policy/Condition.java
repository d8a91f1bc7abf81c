package io.slipway.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs need an approval: those that meet all that is asked here. What asks nothing is met by every run.
 *
 * @param risk at least this; null is not asked
 * @param rules any of these was found; none is not asked
 * @param rollbacks whether rollbacks are meant, too
 */
public record Condition(@Nullable Level risk, List<String> rules, boolean rollbacks) {
    public Condition {
        rules = List.copyOf(rules);
    }

    public boolean matches(Level found, Set<String> ruleIds, boolean rollback) {
        return (risk == null || found.compareTo(risk) >= 0)
                && (rules.isEmpty() || rules.stream().anyMatch(ruleIds::contains))
                && (rollbacks || !rollback);
    }
}
