package io.slipway.sql.rule;

import io.slipway.sql.source.Span;
import java.util.Set;

/**
 * A comment that silences rules: {@code -- slipway:ignore rule-id: reason} directly above a statement, or {@code --
 * slipway:ignore-file rule-id: reason} above the first one. Several rule ids are separated by commas.
 *
 * @param ruleIds empty for all rules, which only the comments of other tools can say
 * @param fragment index of the statement that it stands above, or {@link #WHOLE_FILE}
 * @param reason never empty
 * @param foreign whether it is written for another tool: what it names may be none of our business
 */
public record Suppression(Set<String> ruleIds, String reason, int fragment, Span at, boolean foreign) {
    public static final int WHOLE_FILE = -1;

    public Suppression {
        ruleIds = Set.copyOf(ruleIds);
    }

    /** @param of index of the statement that the finding is about, {@link #WHOLE_FILE} for the script itself */
    public boolean covers(String ruleId, int of) {
        return (ruleIds.isEmpty() || ruleIds.contains(ruleId)) && (fragment == WHOLE_FILE || fragment == of);
    }
}
