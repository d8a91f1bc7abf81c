package io.slipway.planner.run;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.Rehearsal;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunFact;
import io.slipway.planner.plan.ScriptDurations;
import io.slipway.planner.plan.WaysBack;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the end of a run leaves for later ones: ways back, durations, and what has failed half-way; in the caller's transaction. */
@ApplicationScoped
class Aftermath {
    private final RunStore store;
    private final WaysBack waysBack;
    private final ScriptDurations durations;
    private final Event<HalfFailed> halfFailed;

    Aftermath(RunStore store, WaysBack waysBack, ScriptDurations durations, Event<HalfFailed> halfFailed) {
        this.store = store;
        this.waysBack = waysBack;
        this.durations = durations;
        this.halfFailed = halfFailed;
    }

    /** What is applied keeps its way back, also of a run that failed later on; what is undone needs none. */
    void hear(Ticket ticket, RunFact fact) {
        switch (fact) {
            case MigrationApplied e ->
                store.plan(e.runId()).ifPresent(plan -> keep(e.runId(), e.target(), plan, versions(e.migrations())));
            case MigrationFailed e -> store.plan(e.runId()).ifPresent(plan -> failed(ticket, e, plan));
            case RollbackApplied e -> waysBack.drop(e.target(), e.undone());
            case RollbackFailed e -> waysBack.drop(e.target(), e.undone());
            default -> {} // the rules have decided already; this adds to four of them
        }
        durations.hear(fact);
    }

    private void failed(Ticket ticket, MigrationFailed fact, Plan plan) {
        Stream<MigrationVersion> half =
                fact.stateLeft() == StateLeft.INTERRUPTED ? next(plan, fact.applied()) : Stream.empty();
        List<MigrationVersion> versions =
                Stream.concat(versions(fact.applied()).stream(), half).toList();
        keep(fact.runId(), fact.target(), plan, versions);
        if (!versions.isEmpty()) {
            halfFailed.fire(new HalfFailed(ticket, fact, plan.settings()));
        }
    }

    /** The first that is not done. */
    private static Stream<MigrationVersion> next(Plan plan, List<AppliedMigration> applied) {
        return plan.scripts().stream()
                .filter(script ->
                        applied.stream().noneMatch(done -> done.script().equals(script.name())))
                .limit(1)
                .map(PlannedScript::version)
                .filter(Objects::nonNull);
    }

    private void keep(RunId run, TargetId target, Plan plan, List<MigrationVersion> versions) {
        Rehearsal rehearsal = store.validated(run)
                .map(validated -> validated.verdict().rehearsal())
                .orElse(null);
        waysBack.keep(target, plan, rehearsal == null ? null : rehearsal.derivedUndo(), versions);
    }

    private static List<MigrationVersion> versions(List<AppliedMigration> migrations) {
        return migrations.stream()
                .map(AppliedMigration::version)
                .filter(Objects::nonNull)
                .toList();
    }
}
