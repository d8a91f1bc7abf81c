package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.ScriptOrigin;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.planner.policy.PolicyInForce;
import io.slipway.planner.scripts.ScriptSources;
import io.slipway.planner.scripts.Scripts;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import io.slipway.targets.flyway.TargetStates;
import io.slipway.targets.pool.TargetPools;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes plans, and looks whether they still hold. Waits for targets, so never to be called in a transaction. */
@ApplicationScoped
public class Planning {
    private final Targets targets;
    private final TargetPools pools;
    private final Reach reach;
    private final EarlierRuns earlier;
    private final PolicyInForce policy;
    private final ScriptSources sources;
    private final MigrationPlans migrations;
    private final RollbackPlans rollbacks;

    Planning(
            Targets targets,
            TargetPools pools,
            Reach reach,
            EarlierRuns earlier,
            PolicyInForce policy,
            ScriptSources sources,
            MigrationPlans migrations,
            RollbackPlans rollbacks) {
        this.targets = targets;
        this.pools = pools;
        this.reach = reach;
        this.earlier = earlier;
        this.policy = policy;
        this.sources = sources;
        this.migrations = migrations;
        this.rollbacks = rollbacks;
    }

    /**
     * @throws SQLException when the target is lost in the middle; to be tried again
     */
    public PlanOutcome plan(RunId run, Request request) throws SQLException, InterruptedException {
        TargetId target = request.target();
        Optional<Target> found = targets.find(target);
        if (found.isEmpty()) {
            return new PlanOutcome.Refused(gone(target));
        }
        Optional<Failure> obstacle = reach.obstacle(target);
        if (obstacle.isPresent()) {
            return new PlanOutcome.Unreachable(obstacle.get());
        }
        return switch (material(run, request)) {
            case Material.Ready ready -> plan(request, ready, found.get());
            case Material.Unfit unfit -> new PlanOutcome.Refused(unfit.failure());
        };
    }

    private Material material(RunId run, Request request) throws InterruptedException {
        return switch (request) {
            case MigrationRequested migration ->
                material(run, migration.target(), migration.scripts(), migration.settings());
            case RollbackRequested rollback ->
                material(run, rollback.target(), rollback.scripts(), rollback.settings());
            default -> throw new IllegalArgumentException("There is no plan for a " + request.getClass());
        };
    }

    private Material material(RunId run, TargetId target, @Nullable ScriptSource source, FlywaySettings settings)
            throws InterruptedException {
        if (source == null) {
            return new Material.Ready(List.of(), settings, null, List.of());
        }
        ScriptOrigin before = earlier.origin(run).orElse(null);
        return switch (sources.read(source, policy.of(target).scripts(), before)) {
            case Scripts.Found found -> FlywayProject.material(found, settings);
            case Scripts.Unusable unusable -> new Material.Unfit(unusable.failure());
        };
    }

    private PlanOutcome plan(Request request, Material.Ready material, Target target) throws SQLException {
        // Not the replica, which may lag behind the history that the executor will meet.
        DataSource source = pools.migrator(target.id());
        try {
            RunMode mode;
            try (Connection connection = source.getConnection()) {
                mode = mode(target, connection);
            }
            return switch (request) {
                case MigrationRequested migration -> migrations.plan(migration, material, mode, source);
                case RollbackRequested rollback -> rollbacks.plan(rollback, material, mode, source);
                default -> throw new IllegalArgumentException("There is no plan for a " + request.getClass());
            };
        } catch (SQLException e) {
            return new PlanOutcome.Refused(TargetRefusal.of(request.target(), e));
        }
    }

    private RunMode mode(Target target, Connection connection) throws SQLException {
        return RunModes.read(target, policy.of(target.id()).group(), connection);
    }

    /** One look at the history; a plan is good for the state and the mode that it was made for and no other. */
    public Clearance clear(TargetId target, Plan plan) throws SQLException, InterruptedException {
        Optional<Target> found = targets.find(target);
        if (found.isEmpty()) {
            return new Clearance.Refused(gone(target));
        }
        Optional<Failure> obstacle = reach.obstacle(target);
        if (obstacle.isPresent()) {
            return new Clearance.Unreachable(obstacle.get());
        }
        try (Connection connection = pools.migrator(target).getConnection()) {
            TargetState now = TargetStates.read(connection, plan.settings());
            RunMode mode = RunModes.fit(mode(found.get(), connection), plan.kind(), plan.scripts());
            boolean asPlanned = same(plan.state(), now) && mode.equals(plan.runMode());
            return asPlanned ? new Clearance.AsPlanned() : new Clearance.Moved();
        } catch (SQLException e) {
            return new Clearance.Refused(TargetRefusal.of(target, e));
        }
    }

    /** A minor upgrade of the server in between changes nothing about the plan. */
    private static boolean same(TargetState planned, TargetState now) {
        return planned.historyDigest().equals(now.historyDigest())
                && planned.database().equals(now.database())
                && Objects.equals(planned.systemIdentifier(), now.systemIdentifier());
    }

    private Failure gone(TargetId target) {
        return Failure.of(
                "UNKNOWN_TARGET",
                "There is no target '%s' any more; the planner knows %s.".formatted(target, targets.names()),
                "Configure the target again, then send a new request.");
    }
}
