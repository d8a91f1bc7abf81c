package io.slipway.executor.execution;

import io.quarkus.runtime.Startup;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.TargetId;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.executor.apply.HalfScripts;
import io.slipway.executor.apply.PlanApplication;
import io.slipway.executor.batch.BatchConfig;
import io.slipway.executor.batch.Batches;
import io.slipway.executor.flyway.HistoryGuard;
import io.slipway.executor.flyway.PlanFlyway;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.guard.PlanPolicy;
import io.slipway.executor.guard.Refused;
import io.slipway.executor.ledger.Ledger;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.lock.HistoryLock;
import io.slipway.executor.lock.LockAttempts;
import io.slipway.executor.lock.LockPolicy;
import io.slipway.executor.lock.LocksConfig;
import io.slipway.executor.measure.Gauges;
import io.slipway.executor.order.GivenUpStore;
import io.slipway.executor.order.GivenUpStore.GivenUp;
import io.slipway.executor.order.Order;
import io.slipway.executor.progress.Progress;
import io.slipway.executor.progress.ProgressRate;
import io.slipway.executor.rollback.PlanRollback;
import io.slipway.executor.session.SessionStore;
import io.slipway.executor.stop.SafePoint;
import io.slipway.executor.stop.StopNow;
import io.slipway.executor.stop.Stops;
import io.slipway.executor.watch.Watch;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.flyway.SearchPath;
import io.slipway.targets.flyway.TargetStates;
import io.slipway.targets.pool.MigratorSource;
import io.slipway.targets.pool.SessionRefused;
import io.slipway.targets.pool.TargetPools;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/** Runs a plan against its target, after making sure that both are what was validated. */
@Startup
@ApplicationScoped
class PlanRunner {
    private final Targets targets;
    private final TargetPools pools;
    private final Stops stops;
    private final GivenUpStore givenUp;
    private final Outbox outbox;
    private final ExecutorConfig config;
    private final LocksConfig locks;
    private final BatchConfig batches;

    /** Wrong settings stop the service here, at its start. */
    PlanRunner(
            Targets targets,
            TargetPools pools,
            Stops stops,
            GivenUpStore givenUp,
            Outbox outbox,
            ExecutorConfig config,
            LocksConfig locks,
            BatchConfig batches) {
        this.targets = targets;
        this.pools = pools;
        this.stops = stops;
        this.givenUp = givenUp;
        this.outbox = outbox;
        this.config = config;
        this.locks = locks;
        this.batches = batches;
        targets.all().forEach(target -> LockPolicy.of(locks, target.lockTimeout()));
    }

    /**
     * @param again whether an earlier attempt has begun, which may still be at it
     * @throws SQLException when the target cannot be reached: to be tried again
     * @throws FlywayException likewise, when the session was lost and the outcome has to be looked up
     */
    Execution run(Order.Subject run, Plan plan, boolean again) throws SQLException {
        Optional<Target> target = targets.find(run.target());
        if (target.isEmpty()) {
            return Execution.refused(unknown(run.target()));
        }
        Optional<Failure> mismatch = PlanPolicy.same(plan, run.plan());
        if (mismatch.isPresent()) {
            return Execution.refused(mismatch.get());
        }
        if (again) {
            endEarlierAttempts(run.target(), run.runId());
        }
        try (var dataSource = pools.migrator(run.target(), sessions(run.runId()))) {
            Execution execution = run(run, plan, target.get(), dataSource);
            return execution instanceof Execution.Stopped stopped
                            && leavesHalf(run.runId(), plan, target.get(), dataSource)
                    ? stopped.halfWay()
                    : execution;
        }
    }

    private static boolean leavesHalf(RunId run, Plan plan, Target target, DataSource dataSource) throws SQLException {
        try {
            return HalfScripts.leave(plan, run, target, dataSource);
        } catch (SessionRefused | Refused e) {
            return false; // nor could a script have begun
        }
    }

    private static String sessions(RunId run) {
        return "slipway/" + run;
    }

    private void endEarlierAttempts(TargetId target, RunId run) throws SQLException {
        try (Connection connection = pools.writer(target).getConnection()) {
            SessionStore.endOthers(connection, sessions(run));
        }
    }

    /** Has the target say what runs have left that were given up when it did not answer. This run's plan may not know of it. */
    private void settle(Target target, MigratorSource dataSource) throws SQLException {
        for (GivenUp earlier : givenUp.of(target.id())) {
            endEarlierAttempts(target.id(), earlier.run());
            HalfScripts.leave(earlier.plan(), earlier.run(), target, dataSource);
            givenUp.remove(earlier.run());
        }
    }

    /** What follows from a first look. */
    @FunctionalInterface
    private interface Rest {
        Execution execute() throws SQLException;
    }

    private Execution run(Order.Subject run, Plan plan, Target target, MigratorSource dataSource) throws SQLException {
        Rest rest;
        try {
            settle(target, dataSource);
            rest = dataSource.look(connection -> look(run, plan, target, dataSource, connection));
        } catch (SessionRefused e) {
            return Execution.refused(e.failure());
        } catch (Refused e) {
            return Execution.refused(e.failure());
        }
        return rest.execute();
    }

    private Rest look(Order.Subject run, Plan plan, Target target, DataSource dataSource, Connection connection)
            throws SQLException {
        Ledger ledger = Ledger.of(connection, plan.settings(), target.session().ledgerSchema());
        List<LedgerEntry> earlier = ledger.of(connection, run.runId());
        var outdated = outdated(run, plan, target, connection, ledger, earlier);
        if (outdated.isPresent()) {
            return () -> Outcome.outdated(earlier, outdated.get());
        }
        var unfit = earlier.isEmpty() ? Batches.refusal(plan, ledger, connection) : Optional.<Failure>empty();
        if (unfit.isPresent()) {
            return () -> Execution.refused(unfit.get());
        }
        ledger.upgrade(connection);
        PlanWork work = work(run, plan, target, dataSource, connection, ledger);
        return () -> run(work, dataSource, earlier);
    }

    /**
     * A first look, before Flyway makes a history where there is none; the one that counts is that of {@link HistoryGuard}. The
     * scripts of the run may themselves have made a schema of the search path, so once it has begun that is not asked.
     */
    private static Optional<Failure> outdated(
            Order.Subject run,
            Plan plan,
            Target target,
            Connection connection,
            Ledger ledger,
            List<LedgerEntry> earlier)
            throws SQLException {
        var history = SchemaHistory.read(connection, plan.settings());
        var ours = earlier.stream().map(LedgerEntry::migration).toList();
        boolean asPlanned = HistoryGuard.asPlanned(connection, run.runId(), plan, ledger, history, ours);
        var moved = PlanPolicy.current(plan, TargetStates.read(connection, history), asPlanned);
        if (moved.isPresent() || !earlier.isEmpty()) {
            return moved;
        }
        return PlanPolicy.sameMode(plan, new RunMode(false, target.session().runAs(), SearchPath.of(connection)));
    }

    private PlanWork work(
            Order.Subject run, Plan plan, Target target, DataSource dataSource, Connection connection, Ledger ledger)
            throws SQLException {
        var rate = new ProgressRate(config.progressInterval(), config.progressLimit());
        var safePoint = new SafePoint(stops, run.runId());
        var policy = LockPolicy.of(locks, target.lockTimeout());
        var historyLock = new HistoryLock(pools.writer(run.target()), plan.settings());
        var attempts = new LockAttempts(policy, safePoint, historyLock, new SplittableRandom());
        var progress = new Progress(outbox, run, plan.scripts(), rate);
        return new PlanWork(
                run,
                plan,
                PlanFlyway.configure(dataSource, target, plan),
                ledger,
                progress,
                safePoint,
                config.undoRow(),
                attempts,
                new Batches(run.runId(), plan, ledger, progress, attempts, batches),
                Gauges.of(connection, attempts.lockWait()));
    }

    private Execution run(PlanWork work, DataSource dataSource, List<LedgerEntry> earlier) throws SQLException {
        // The watch sees more as the role that logs in, which may be a monitor's.
        DataSource watching = pools.writer(work.run().target());
        var stopNow = new StopNow(stops, work.run().runId());
        var outcome = new Outcome(work, dataSource);
        Optional<List<AppliedMigration>> done = Optional.empty();
        try (var _ = Watch.over(watching, work.progress(), work.attempts().lockWait(), stopNow, locks)) {
            switch (work.plan().kind()) {
                case MIGRATION -> done = PlanApplication.apply(work, earlier);
                case ROLLBACK -> PlanRollback.undo(work, Outcome.done(earlier));
            }
        } catch (FlywayException e) {
            return outcome.stopped(e);
        }
        return outcome.completed(done.isPresent() ? done.get() : outcome.read());
    }

    private static Failure unknown(TargetId target) {
        return Failure.of(
                "TARGET_UNKNOWN",
                "The executor knows no target '%s', although the planner does.".formatted(target),
                "Give the executor the same slipway.targets.* settings as the planner, then request the migration again.");
    }
}
