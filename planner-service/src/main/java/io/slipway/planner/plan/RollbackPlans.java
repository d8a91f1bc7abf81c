package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.planner.plan.RollbackRules.Choice;
import io.slipway.planner.plan.WayBackRules.Found;
import io.slipway.planner.policy.PolicyInForce;
import io.slipway.policy.RollbackRule.DerivedUndo;
import io.slipway.targets.Targets;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetStates;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/** Plans the way back: what the history says is applied, undone by the scripts of the request or of earlier plans. */
@ApplicationScoped
class RollbackPlans {
    private final WaysBack waysBack;
    private final PolicyInForce policy;
    private final EarlierRuns earlier;
    private final ScriptDurations durations;
    private final Targets targets;

    RollbackPlans(
            WaysBack waysBack, PolicyInForce policy, EarlierRuns earlier, ScriptDurations durations, Targets targets) {
        this.waysBack = waysBack;
        this.policy = policy;
        this.earlier = earlier;
        this.durations = durations;
        this.targets = targets;
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
        Optional<HistoryRow> repeatable =
                history.failed().stream().filter(row -> row.version() == null).findFirst();
        if (repeatable.isPresent()) {
            return failedBefore(repeatable.get());
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
                ? BeforeRunRules.choose(run.get(), request.target(), earlier.find(run.get()), history.standing())
                : RollbackRules.choose(request.revision(), history.standing());
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
        WaysBack.Kept kept = waysBack.of(request.target());
        DerivedUndo rule = policy.of(request.target()).rollback().derivedUndo();
        Map<HistoryRow, WayBack> ways = new HashMap<>();
        Map<HistoryRow, String> without = new LinkedHashMap<>();
        for (HistoryRow row : undo) {
            switch (WayBackRules.choose(row, scripts, kept, rule)) {
                case Found.Way(WayBack way) -> ways.put(row, way);
                case Found.None(String why) -> without.put(row, why);
            }
        }
        if (!without.isEmpty()) {
            return new PlanOutcome.Refused(WayBackRules.none(without));
        }
        Map<String, String> confs = new HashMap<>();
        ways.values().forEach(way -> conf(way, scripts)
                .ifPresent(conf -> confs.put(way.script().name(), conf)));
        List<ScriptFile> files = ways.values().stream().map(WayBack::script).toList();
        Map<String, Boolean> transactional = UndoScripts.transactional(files, confs, material.settings(), target);
        List<PlannedScript> planned = undo.stream()
                .map(row -> planned(row, Objects.requireNonNull(ways.get(row)), confs, transactional))
                .toList();
        ResumedScripts resumed = resumed(request, material, planned, undo, target);
        if (resumed.refusal().isPresent()) {
            return new PlanOutcome.Refused(resumed.refusal().get());
        }
        List<String> warnings = Stream.of(choice.warnings().stream(), halfFailed(undo), resumed.said().stream())
                .flatMap(said -> said)
                .toList();
        Plan plan = material.plan(Plan.Kind.ROLLBACK, resumed.planned(), state, warnings, mode);
        return new PlanOutcome.Planned(plan, choice.toVersion(), durations.estimate(request.target(), planned));
    }

    private ResumedScripts resumed(
            RollbackRequested request,
            Material.Ready material,
            List<PlannedScript> planned,
            List<HistoryRow> undo,
            DataSource target)
            throws SQLException {
        if (!request.resume()) {
            return ResumedScripts.none(planned);
        }
        String ledgerSchema = targets.find(request.target())
                .map(each -> each.session().ledgerSchema())
                .orElse(null);
        return new ResumedUndos(target, material.settings(), ledgerSchema).resume(planned, undo);
    }

    /** Of a plan that came without them, the request may bring them. */
    private static Optional<String> conf(WayBack way, ScriptResources scripts) {
        return Optional.ofNullable(way.conf())
                .or(() -> scripts.settingsFor(way.script().name()));
    }

    private static Stream<String> halfFailed(List<HistoryRow> undo) {
        return undo.stream()
                .filter(row -> !row.success())
                .map(row -> "'%s' failed half-way; its undo script meets half of what it was written for."
                        .formatted(row.script()));
    }

    private static PlannedScript planned(
            HistoryRow row, WayBack way, Map<String, String> confs, Map<String, Boolean> transactional) {
        String name = way.script().name();
        boolean batch = BatchMark.on(way.script().content());
        var planned = new PlannedScript(
                PlannedScript.Kind.UNDO,
                row.version(),
                row.description(),
                name,
                row.checksum(),
                transactional.getOrDefault(name, true) && !batch,
                way.script().content(),
                confs.get(name),
                null);
        PlannedScript marked = batch ? planned.inBatches() : planned;
        return way.derived() == null ? marked : marked.from(way.derived());
    }

    private static PlanOutcome failedBefore(HistoryRow row) {
        return PlanOutcome.refused(
                "FAILED_MIGRATION_IN_HISTORY",
                "'%s' failed half-way on the target and its history says so; a repeatable migration has no undo script."
                        .formatted(row.script()),
                "Remove what it left behind, such as an INVALID index, then run 'flyway repair'.");
    }
}
