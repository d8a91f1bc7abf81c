package io.slipway.sql.rule;

import io.slipway.sql.source.Position;
import java.util.Set;

/**
 * A comment that silences rules: {@code -- slipway:ignore rule-id: reason} directly above a statement, or {@code --
 * slipway:ignore-file rule-id: reason} above the first one. Several rule ids are separated by commas.
 *
 * @param fragment index of the statement that it stands above, or {@link #WHOLE_FILE}
 * @param reason never empty
 */
public record Suppression(Set<String> ruleIds, String reason, int fragment, Position at) {
    public static final int WHOLE_FILE = -1;

    public Suppression {
        ruleIds = Set.copyOf(ruleIds);
    }

    /** @param of index of the statement that the finding is about, {@link #WHOLE_FILE} for the script itself */
    public boolean covers(String ruleId, int of) {
        return ruleIds.contains(ruleId) && (fragment == WHOLE_FILE || fragment == of);
    }
}
