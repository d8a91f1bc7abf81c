package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.targets.Targets;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetFlyway;
import io.slipway.targets.flyway.TargetStates;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.jspecify.annotations.Nullable;

/** Plans the way forward: what Flyway would apply now, in its order. */
@ApplicationScoped
class MigrationPlans {
    private final ScriptDurations durations;
    private final Targets targets;

    MigrationPlans(ScriptDurations durations, Targets targets) {
        this.durations = durations;
        this.targets = targets;
    }

    PlanOutcome plan(MigrationRequested request, Material.Ready material, RunMode mode, DataSource target)
            throws SQLException {
        Optional<Failure> unfit = ScriptRules.refusal(material.files());
        if (unfit.isPresent()) {
            return new PlanOutcome.Refused(unfit.get());
        }
        FlywaySettings settings = material.settings();
        Beginning beginning = Beginning.read(target, settings);
        if (beginning.occupied() && settings.baselineVersion() == null) {
            return PlanOutcome.refused(
                    "HISTORY_MISSING",
                    "The schema of target '%s' holds objects, but no flyway_schema_history."
                            .formatted(request.target()),
                    "Set 'settings.baselineVersion' to the version that the schema is at; only versions above it are applied.");
        }
        ScriptResources scripts;
        try {
            scripts = new ScriptResources(material.files());
        } catch (IllegalArgumentException e) {
            return new PlanOutcome.Refused(ScriptRules.ambiguous(e));
        }
        try {
            return plan(request, material, mode, beginning, scripts, target);
        } catch (FlywayException e) {
            return new PlanOutcome.Refused(FlywayRefusal.of(e));
        }
    }

    private PlanOutcome plan(
            MigrationRequested request,
            Material.Ready material,
            RunMode mode,
            Beginning beginning,
            ScriptResources scripts,
            DataSource target)
            throws SQLException {
        FlywaySettings settings = material.settings();
        Flyway flyway = flyway(request.toVersion(), settings, scripts, target);
        List<MigrationInfoImpl> all = all(flyway);
        List<MigrationInfoImpl> resumed = all.stream()
                .filter(migration -> ResumedPlans.wanted(request, migration))
                .toList();
        Optional<Failure> refusal = refusal(request, all).or(() -> misfit(flyway, all, resumed));
        if (refusal.isPresent()) {
            return new PlanOutcome.Refused(refusal.get());
        }
        List<MigrationInfoImpl> pending = pending(all, settings, beginning, request);
        MigrationVersion last = request.count() == null ? null : last(request.count(), pending);
        if (last != null) {
            pending = pending(all(flyway(last, settings, scripts, target)), settings, beginning, request).stream()
                    .filter(migration -> migration.getVersion() != null)
                    .toList();
        }
        List<PlannedScript> planned =
                pending.stream().map(migration -> planned(migration, scripts)).toList();
        var outcome = new ResumedPlans(target, settings, ledgerSchema(request.target())).resume(planned, resumed);
        return outcome.refusal().isPresent()
                ? new PlanOutcome.Refused(outcome.refusal().get())
                : outcome(request, material, mode, beginning.state(), outcome);
    }

    private @Nullable String ledgerSchema(TargetId id) {
        return targets.find(id).map(target -> target.session().ledgerSchema()).orElse(null);
    }

    private static List<MigrationInfoImpl> all(Flyway flyway) {
        return Arrays.stream(flyway.info().all())
                .map(MigrationInfoImpl.class::cast)
                .toList();
    }

    private static Flyway flyway(
            @Nullable MigrationVersion toVersion, FlywaySettings settings, ScriptResources scripts, DataSource target) {
        FluentConfiguration flyway =
                TargetFlyway.configure(target, settings, scripts).ignoreMigrationPatterns("*:pending", "*:future");
        if (toVersion != null) {
            flyway.target(org.flywaydb.core.api.MigrationVersion.fromVersion(toVersion.value()));
        }
        return flyway.load();
    }

    /**
     * The version at which a count ends, absent when it goes through all of them. Repeatable scripts may need any version, so
     * they wait until the last one is there.
     */
    private static @Nullable MigrationVersion last(int count, List<MigrationInfoImpl> pending) {
        List<MigrationInfoImpl> versioned = pending.stream()
                .filter(migration -> migration.getVersion() != null)
                .toList();
        return versioned.size() <= count ? null : version(versioned.get(count - 1));
    }

    private static Optional<Failure> refusal(MigrationRequested request, List<MigrationInfoImpl> all) {
        if (all.stream().noneMatch(migration -> migration.getResolvedMigration() != null)) {
            return Optional.of(ScriptRules.noScripts());
        }
        MigrationVersion wanted = request.toVersion();
        if (wanted != null
                && all.stream()
                        .noneMatch(migration -> migration.getVersion() != null
                                && version(migration).sameAs(wanted))) {
            return Optional.of(Failure.of(
                    "VERSION_UNKNOWN",
                    "The request wants version %s, but neither its scripts nor the target's history have it."
                            .formatted(wanted),
                    "Correct 'toVersion', or leave it out for the latest."));
        }
        return Optional.empty();
    }

    /** Flyway's info shows everything and judges nothing; its validate is another pass over the history. */
    private static Optional<Failure> misfit(
            Flyway flyway, List<MigrationInfoImpl> all, List<MigrationInfoImpl> resumed) {
        if (all.stream().noneMatch(migration -> migration.getAppliedMigration() != null)) {
            return Optional.empty();
        }
        List<ValidateOutput> invalid = flyway.validateWithResult().invalidMigrations.stream()
                .filter(output -> resumed.stream().noneMatch(migration -> FlywayRefusal.same(output, migration)))
                .toList();
        return invalid.isEmpty() ? Optional.empty() : Optional.of(FlywayRefusal.of(invalid, all));
    }

    /** Flyway does not know of a baseline that its migrate would set first, so what lies below it is left out here. */
    private static List<MigrationInfoImpl> pending(
            List<MigrationInfoImpl> all, FlywaySettings settings, Beginning beginning, MigrationRequested request) {
        MigrationVersion baseline = beginning.occupied() ? settings.baselineVersion() : null;
        return all.stream()
                .filter(migration ->
                        migration.getState() == MigrationState.PENDING || ResumedPlans.wanted(request, migration))
                .filter(migration -> baseline == null
                        || migration.getVersion() == null
                        || version(migration).compareTo(baseline) > 0)
                .toList();
    }

    private PlanOutcome outcome(
            MigrationRequested request,
            Material.Ready material,
            RunMode mode,
            TargetState state,
            ResumedScripts outcome) {
        List<PlannedScript> planned = outcome.planned();
        if (planned.isEmpty()) {
            return new PlanOutcome.NothingPending(state.currentVersion());
        }
        Plan plan = material.plan(Plan.Kind.MIGRATION, planned, state, outcome.said(), mode);
        Optional<Failure> refusal = RunModes.refusal(plan.runMode(), planned);
        if (refusal.isPresent()) {
            return new PlanOutcome.Refused(refusal.get());
        }
        return new PlanOutcome.Planned(plan, null, durations.estimate(request.target(), planned));
    }

    private static PlannedScript planned(MigrationInfoImpl migration, ScriptResources scripts) {
        String name = migration.getScript();
        MigrationVersion version = migration.getVersion() == null ? null : version(migration);
        String sql = scripts.sql(name)
                .orElseThrow(() -> new IllegalStateException("Flyway names a script that it was not given: " + name));
        ScriptFile undo = version == null ? null : scripts.undoFor(version).orElse(null);
        String undoConf = undo == null ? null : scripts.settingsFor(undo.name()).orElse(null);
        boolean batch = BatchMark.on(sql);
        var planned = new PlannedScript(
                        version == null ? PlannedScript.Kind.REPEATABLE : PlannedScript.Kind.VERSIONED,
                        version,
                        migration.getDescription(),
                        name,
                        migration.getResolvedChecksum(),
                        migration.canExecuteInTransaction() && !batch,
                        sql,
                        scripts.settingsFor(name).orElse(null),
                        undo)
                .undoneUnder(undoConf);
        return batch ? planned.inBatches() : planned;
    }

    private static MigrationVersion version(MigrationInfoImpl migration) {
        return new MigrationVersion(migration.getVersion().getVersion());
    }

    /**
     * What the target was before Flyway looked. Read first: should someone migrate in between, the look before the release
     * finds a history that is not this one.
     *
     * @param occupied no history, but objects
     */
    private record Beginning(TargetState state, boolean occupied) {
        private static Beginning read(DataSource target, FlywaySettings settings) throws SQLException {
            try (Connection connection = target.getConnection()) {
                TargetState state = TargetStates.read(connection, settings);
                boolean occupied = !SchemaHistory.read(connection, settings).exists()
                        && SchemaContent.present(connection, settings);
                return new Beginning(state, occupied);
            }
        }
    }
}
