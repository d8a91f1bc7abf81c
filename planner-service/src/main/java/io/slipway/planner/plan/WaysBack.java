package io.slipway.planner.plan;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.TargetId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how what is applied on each target can be undone, so that a rollback needs no files: the scripts that came with
 * the plans, and what rehearsals derived for those that came without.
 */
@ApplicationScoped
public class WaysBack {
    private final WaysBackStore store;
    private final DerivedUndoStore drafts;

    WaysBack(WaysBackStore store, DerivedUndoStore drafts) {
        this.store = store;
        this.drafts = drafts;
    }

    /**
     * By version, whatever the number of trailing zeros.
     *
     * @param scripts those that came with the plans
     */
    record Kept(Map<MigrationVersion, WayBack> scripts, Map<MigrationVersion, KeptDraft> drafts) {}

    /**
     * Of these versions, what the plan or its rehearsal has; in the caller's transaction.
     *
     * @param derived absent where nothing was derived
     */
    public void keep(TargetId target, Plan plan, @Nullable DerivedUndo derived, List<MigrationVersion> versions) {
        for (MigrationVersion version : versions) {
            // One that is applied again without a way back must not be undone by an old script.
            drop(target, version);
            for (PlannedScript script : plan.scripts()) {
                MigrationVersion planned = script.version();
                if (planned != null && planned.sameAs(version)) {
                    keep(target, script, derived, version);
                }
            }
        }
    }

    private void keep(TargetId target, PlannedScript script, @Nullable DerivedUndo derived, MigrationVersion version) {
        if (script.undo() != null) {
            store.add(target, version, new WayBack(script.undo(), script.undoConf(), script.checksum()));
        } else if (derived != null) {
            derived.drafts().stream()
                    .filter(draft -> draft.script().equals(script.name()))
                    .findFirst()
                    .ifPresent(draft -> drafts.add(target, version, KeptDraft.of(draft, script.checksum())));
        }
    }

    /** What is undone needs no way back; in the caller's transaction. */
    public void drop(TargetId target, List<AppliedMigration> undone) {
        undone.stream()
                .map(AppliedMigration::version)
                .filter(version -> version != null)
                .forEach(version -> drop(target, version));
    }

    private void drop(TargetId target, MigrationVersion version) {
        store.remove(target, version);
        drafts.remove(target, version);
    }

    Kept of(TargetId target) {
        return new Kept(new TreeMap<>(store.find(target)), new TreeMap<>(drafts.find(target)));
    }
}
