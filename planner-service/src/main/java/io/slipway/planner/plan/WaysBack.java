package io.slipway.planner.plan;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.TargetId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
            MigrationVersion version = migration.version();
            if (version != null) {
                // One that is applied again without a way back must not be undone by an old script.
                store.remove(target, version);
                script(plan, version)
                        .filter(script -> script.undo() != null)
                        .ifPresent(script -> store.add(target, version, wayBack(script)));
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

    private static Optional<PlannedScript> script(Plan plan, @Nullable MigrationVersion version) {
        return plan.scripts().stream()
                .filter(script -> script.version() != null && version != null)
                .filter(script -> script.version().sameAs(version))
                .findFirst();
    }

    private static WayBack wayBack(PlannedScript script) {
        return new WayBack(Objects.requireNonNull(script.undo()), script.checksum());
    }
}
