package io.slipway.validator.check;

import io.slipway.contracts.CheckNames;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import io.slipway.targets.flyway.TargetStates;
import io.slipway.targets.pool.ConnectFailure;
import io.slipway.targets.pool.Reachability;
import io.slipway.targets.pool.Reachability.Reachable;
import io.slipway.targets.pool.Reachability.Unreachable;
import io.slipway.targets.pool.SessionRefused;
import io.slipway.targets.pool.TargetPools;
import io.slipway.validator.ValidatorConfig;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.forecast.Forecast;
import io.slipway.validator.rehearsal.Predictions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The checks that need the target. */
@ApplicationScoped
public class TargetChecks {
    private static final Logger LOG = Logger.getLogger(TargetChecks.class);

    private final Targets targets;
    private final TargetPools pools;
    private final ValidatorConfig config;
    private final CheckRun run;

    TargetChecks(Targets targets, TargetPools pools, ValidatorConfig config, CheckRun run) {
        this.targets = targets;
        this.pools = pools;
        this.config = config;
        this.run = run;
    }

    /**
     * Asks a target that does not answer again, within the patience of the configuration.
     *
     * @param environment what the request takes the target for, where it says so
     */
    public Looked look(TargetId id, Plan plan, @Nullable String environment, Footprint footprint)
            throws InterruptedException {
        Optional<Target> target = targets.find(id);
        if (target.isEmpty()) {
            return Looked.only(List.of(CheckPolicy.unknown(id)));
        }
        Instant end = Instant.now().plus(config.targetPatience());
        Duration pause = config.firstPause();
        while (true) {
            Look look = once(target.get(), plan);
            switch (look) {
                case Look.Seen seen -> {
                    return closer(
                            target.get(),
                            plan,
                            footprint,
                            CheckPolicy.decide(
                                    target.get().environment(), environment, seen.server(), seen.state(), plan));
                }
                case Look.Refused refused -> {
                    return Looked.only(CheckPolicy.noSession(refused.server(), refused.failure()));
                }
                case Look.Missed missed -> {
                    boolean late = Instant.now().plus(pause).isAfter(end);
                    if (late || ConnectFailure.lasting(missed.failure())) {
                        return Looked.only(List.of(CheckPolicy.silent(missed.failure())));
                    }
                    LOG.infof("The target does not answer and is asked again: target=%s", id);
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2);
                }
            }
        }
    }

    /** What needs a connection of its own; the pool makes the session new afterwards. */
    private Looked closer(Target target, Plan plan, Footprint footprint, List<PreMigrationCheck> seen)
            throws InterruptedException {
        List<PreMigrationCheck> checks = new ArrayList<>(seen);
        try (Connection connection = pools.migrator(target.id()).getConnection()) {
            bound(connection);
            Ground ground = Surveys.of(connection, target, plan, footprint);
            MigratingRole.leave(connection, target);
            checks.addAll(run.run(connection, ground));
            Forecast forecast = ground.forecast();
            return new Looked(
                    checks,
                    forecast == null ? List.of() : forecast.locks(ground::bytes),
                    forecast == null ? Predictions.NONE : forecast,
                    ground.definitions(),
                    ground.tableSizes());
        } catch (SQLException e) {
            LOG.infof("The target was there and is gone: target=%s sqlState=%s", target.id(), e.getSQLState());
            checks.removeIf(check -> check.name().equals(CheckNames.TARGET_ANSWERS));
            checks.addFirst(CheckPolicy.silent(ConnectFailure.explain(target, target.connection(), e)));
            return Looked.only(checks);
        }
    }

    /** Nothing here writes, and nothing waits behind a lock: what cannot be read at once is unknown. */
    private void bound(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET statement_timeout = %d; SET lock_timeout = %d; SET default_transaction_read_only = on"
                            .formatted(
                                    config.checkTimeout().toMillis(),
                                    config.checkTimeout().toMillis() / 4));
        }
    }

    private sealed interface Look {
        record Seen(Reachable server, TargetState state) implements Look {}

        record Refused(Reachable server, Failure failure) implements Look {}

        record Missed(Failure failure) implements Look {}
    }

    private Look once(Target target, Plan plan) {
        Reachability answer = pools.probe(target.id());
        return switch (answer) {
            case Unreachable unreachable -> new Look.Missed(unreachable.failure());
            case Reachable reachable -> {
                try {
                    yield new Look.Seen(reachable, TargetStates.read(pools.migrator(target.id()), plan.settings()));
                } catch (SessionRefused e) {
                    yield new Look.Refused(reachable, e.failure());
                } catch (SQLException e) {
                    yield new Look.Missed(ConnectFailure.explain(target, target.connection(), e));
                }
            }
        };
    }
}
