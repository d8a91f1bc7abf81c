package io.slipway.planner.plan;

import io.slipway.contracts.DerivedUndo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An undo script that a rehearsal derived for an applied version.
 *
 * @param script the migration that it takes back
 * @param checksum of that, as it was applied
 * @param sql absent where it was too long to travel
 * @param losses what it cannot bring back, takes with it, or fails on
 * @param unusable why no rollback may use it; absent when one may
 */
record KeptDraft(
        String script,
        @Nullable Integer checksum,
        @Nullable String sql,
        List<String> losses,
        @Nullable String unusable) {
    KeptDraft {
        losses = List.copyOf(losses);
    }

    static KeptDraft of(DerivedUndo.Draft draft, @Nullable Integer checksum) {
        return new KeptDraft(draft.script(), checksum, draft.sql(), draft.losses(), draft.unusable());
    }
}
