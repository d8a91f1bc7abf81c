package io.slipway.planner.plan;

import io.slipway.contracts.Derivation;
import io.slipway.contracts.Failure;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.ScriptFile;
import io.slipway.policy.RollbackRule.DerivedUndo;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.ScriptResources;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** How each version is undone: by the script of the request, else the one of its plan, else one that was derived and proved. */
final class WayBackRules {
    /** Shows in events and in the history that no file of the project has this name. */
    private static final String FOLDER = "derived/";

    /** The text of a derived one was made from a database, where placeholders have their values; a dollar sign is one. */
    private static final String NO_PLACEHOLDERS = "placeholderReplacement=false";

    private WayBackRules() {}

    /** Whether a version can be undone. */
    sealed interface Found {
        record Way(WayBack way) implements Found {}

        /** @param why in half a sentence */
        record None(String why) implements Found {}
    }

    /** What is kept counts only for the migration as it was applied: not after a repair, not for another history. */
    static Found choose(HistoryRow row, ScriptResources scripts, WaysBack.Kept kept, DerivedUndo rule) {
        MigrationVersion version = Objects.requireNonNull(row.version(), "only versions are undone");
        ScriptFile brought = scripts.undoFor(version).orElse(null);
        if (brought != null) {
            return new Found.Way(
                    new WayBack(brought, scripts.settingsFor(brought.name()).orElse(null), row.checksum()));
        }
        WayBack way = kept.scripts().get(version);
        if (way != null && Objects.equals(way.checksum(), row.checksum())) {
            return new Found.Way(way);
        }
        KeptDraft draft = kept.drafts().get(version);
        return draft == null || !Objects.equals(draft.checksum(), row.checksum())
                ? new Found.None("none came with it and none was derived for it")
                : derived(draft, rule);
    }

    private static Found derived(KeptDraft draft, DerivedUndo rule) {
        String sql = draft.sql();
        if (draft.unusable() != null || sql == null) {
            return new Found.None("one was derived, but " + draft.unusable());
        }
        return rule == DerivedUndo.REFUSE
                ? new Found.None("one was derived and proved, but the policy of this target has 'derived-undo: refuse'")
                : new Found.Way(new WayBack(
                        new ScriptFile(FOLDER + UndoScripts.undoNameOf(draft.script()), sql),
                        NO_PLACEHOLDERS,
                        draft.checksum(),
                        new Derivation(draft.script(), draft.losses())));
    }

    /** Names every version that stands in the way, with the reason. */
    static Failure none(Map<HistoryRow, String> without) {
        List<HistoryRow> rows = List.copyOf(without.keySet());
        String names = rows.stream()
                .map(row -> "%s ('%s'; %s)".formatted(row.version(), row.script(), without.get(row)))
                .collect(Collectors.joining(", "));
        return Failure.of(
                "NO_WAY_BACK",
                "There is no undo script for version %s.".formatted(names),
                "Send a script such as '%s' with the request, one for each; or restore the backup that was made before the migration."
                        .formatted(UndoScripts.undoNameOf(rows.getFirst().script())));
    }
}
