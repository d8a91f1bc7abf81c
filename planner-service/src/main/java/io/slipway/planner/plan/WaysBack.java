package io.slipway.planner.plan;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.TargetId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the undo scripts of what is applied on each target, so that a rollback needs no files. */
@ApplicationScoped
public class WaysBack {
    private final WaysBackStore store;

    WaysBack(WaysBackStore store) {
        this.store = store;
    }

    /** Of these migrations, those that the plan has a way back for; in the caller's transaction. */
    public void keep(TargetId target, Plan plan, List<AppliedMigration> applied) {
        for (AppliedMigration migration : applied) {
            if (migration.version() != null) {
                keep(target, plan, migration.version());
            }
        }
    }

    /** One that is applied again without a way back must not be undone by an old script. */
    private void keep(TargetId target, Plan plan, MigrationVersion version) {
        store.remove(target, version);
        for (PlannedScript script : plan.scripts()) {
            MigrationVersion planned = script.version();
            if (planned != null && planned.sameAs(version) && script.undo() != null) {
                store.add(target, version, new WayBack(script.undo(), script.checksum()));
            }
        }
    }

    /** What is undone needs no way back; in the caller's transaction. */
    public void drop(TargetId target, List<AppliedMigration> undone) {
        undone.stream()
                .map(AppliedMigration::version)
                .filter(version -> version != null)
                .forEach(version -> store.remove(target, version));
    }

    /** By version, whatever the number of trailing zeros. */
    Map<MigrationVersion, WayBack> of(TargetId target) {
        Map<MigrationVersion, WayBack> ways = new TreeMap<>();
        ways.putAll(store.find(target));
        return ways;
    }
}
