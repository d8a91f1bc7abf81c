package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.planner.plan.RollbackRules.Choice;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetStates;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/** Plans the way back: what the history says is applied, undone by the scripts of the request or of earlier plans. */
@ApplicationScoped
class RollbackPlans {
    private final WaysBack waysBack;
    private final EarlierRuns earlier;
    private final ScriptDurations durations;

    RollbackPlans(WaysBack waysBack, EarlierRuns earlier, ScriptDurations durations) {
        this.waysBack = waysBack;
        this.earlier = earlier;
        this.durations = durations;
    }

    PlanOutcome plan(RollbackRequested request, Material.Ready material, RunMode mode, DataSource target)
            throws SQLException {
        Optional<Failure> unfit = ScriptRules.notText(material.files());
        if (unfit.isPresent()) {
            return new PlanOutcome.Refused(unfit.get());
        }
        SchemaHistory history;
        TargetState state;
        try (Connection connection = target.getConnection()) {
            state = TargetStates.read(connection, material.settings());
            history = SchemaHistory.read(connection, material.settings());
        }
        if (!history.failed().isEmpty()) {
            return failedBefore(history.failed().getFirst());
        }
        ScriptResources scripts;
        try {
            scripts = new ScriptResources(material.files());
        } catch (IllegalArgumentException e) {
            return new PlanOutcome.Refused(ScriptRules.ambiguous(e));
        }
        try {
            return switch (choice(request, history)) {
                case Choice.Impossible impossible -> new PlanOutcome.Refused(impossible.failure());
                case Choice.Undo choice
                when choice.undo().isEmpty() -> new PlanOutcome.NothingPending(state.currentVersion());
                case Choice.Undo choice -> plan(request, material, mode, choice, scripts, state, target);
            };
        } catch (FlywayException e) {
            return new PlanOutcome.Refused(FlywayRefusal.of(e));
        }
    }

    private Choice choice(RollbackRequested request, SchemaHistory history) {
        Optional<RunId> run = request.revision().beforeRun();
        return run.isPresent()
                ? BeforeRunRules.choose(run.get(), request.target(), earlier.find(run.get()), history.applied())
                : RollbackRules.choose(request.revision(), history.applied());
    }

    private PlanOutcome plan(
            RollbackRequested request,
            Material.Ready material,
            RunMode mode,
            Choice.Undo choice,
            ScriptResources scripts,
            TargetState state,
            DataSource target)
            throws SQLException {
        List<HistoryRow> undo = choice.undo();
        Map<MigrationVersion, WayBack> kept = waysBack.of(request.target());
        Map<HistoryRow, ScriptFile> ways = new HashMap<>();
        List<HistoryRow> without = new ArrayList<>();
        for (HistoryRow row : undo) {
            way(row, scripts, kept).ifPresentOrElse(script -> ways.put(row, script), () -> without.add(row));
        }
        if (!without.isEmpty()) {
            return noWayBack(without);
        }
        Map<String, String> confs = new HashMap<>();
        ways.values().forEach(way -> scripts.settingsFor(way.name()).ifPresent(conf -> confs.put(way.name(), conf)));
        Map<String, Boolean> transactional =
                UndoScripts.transactional(List.copyOf(ways.values()), confs, material.settings(), target);
        List<PlannedScript> planned = undo.stream()
                .map(row -> planned(row, Objects.requireNonNull(ways.get(row)), confs, transactional))
                .toList();
        Plan plan = material.plan(Plan.Kind.ROLLBACK, planned, state, choice.warnings(), mode);
        return new PlanOutcome.Planned(plan, choice.toVersion(), durations.estimate(request.target(), planned));
    }

    /** A kept script counts only for the migration as it was applied: not after a repair, not for another history. */
    private static Optional<ScriptFile> way(
            HistoryRow row, ScriptResources scripts, Map<MigrationVersion, WayBack> kept) {
        MigrationVersion version = Objects.requireNonNull(row.version());
        return scripts.undoFor(version).or(() -> Optional.ofNullable(kept.get(version))
                .filter(way -> Objects.equals(way.checksum(), row.checksum()))
                .map(WayBack::script));
    }

    private static PlannedScript planned(
            HistoryRow row, ScriptFile way, Map<String, String> confs, Map<String, Boolean> transactional) {
        return new PlannedScript(
                PlannedScript.Kind.UNDO,
                row.version(),
                row.description(),
                way.name(),
                row.checksum(),
                transactional.getOrDefault(way.name(), true),
                way.content(),
                confs.get(way.name()),
                null);
    }

    private static PlanOutcome noWayBack(List<HistoryRow> without) {
        HistoryRow first = without.getFirst();
        String names = String.join(
                ", ",
                without.stream()
                        .map(row -> "%s ('%s')".formatted(row.version(), row.script()))
                        .toList());
        return PlanOutcome.refused(
                "NO_WAY_BACK",
                "There is no undo script for version %s.".formatted(names),
                "Send a script such as 'U%s__%s.sql' with the request; or restore the backup that was made before the migration."
                        .formatted(first.version(), first.description().replace(' ', '_')));
    }

    private static PlanOutcome failedBefore(HistoryRow row) {
        return PlanOutcome.refused(
                "FAILED_MIGRATION_IN_HISTORY",
                "'%s' failed half-way on the target and its history says so; what is there to undo is unclear."
                        .formatted(row.script()),
                "Remove what it left behind, such as an INVALID index, then run 'flyway repair'.");
    }
}
