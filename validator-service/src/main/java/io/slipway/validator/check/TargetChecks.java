package io.slipway.validator.check;

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
import io.slipway.targets.pool.TargetPools;
import io.slipway.validator.ValidatorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The checks that need the target. */
@ApplicationScoped
public class TargetChecks {
    private static final Logger LOG = Logger.getLogger(TargetChecks.class);

    private final Targets targets;
    private final TargetPools pools;
    private final ValidatorConfig config;

    TargetChecks(Targets targets, TargetPools pools, ValidatorConfig config) {
        this.targets = targets;
        this.pools = pools;
        this.config = config;
    }

    /** Asks a target that does not answer again, within the patience of the configuration. */
    public List<PreMigrationCheck> look(TargetId id, Plan plan) throws InterruptedException {
        Optional<Target> target = targets.find(id);
        if (target.isEmpty()) {
            return List.of(CheckPolicy.unknown(id));
        }
        Instant end = Instant.now().plus(config.targetPatience());
        Duration pause = config.firstPause();
        while (true) {
            Look look = once(target.get(), plan);
            switch (look) {
                case Look.Seen seen -> {
                    return CheckPolicy.decide(target.get().environment(), seen.server(), seen.state(), plan);
                }
                case Look.Missed missed -> {
                    boolean late = Instant.now().plus(pause).isAfter(end);
                    if (late || ConnectFailure.lasting(missed.failure())) {
                        return List.of(CheckPolicy.silent(missed.failure()));
                    }
                    LOG.infof("The target does not answer and is asked again: target=%s", id);
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2);
                }
            }
        }
    }

    private sealed interface Look {
        record Seen(Reachable server, TargetState state) implements Look {}

        record Missed(Failure failure) implements Look {}
    }

    private Look once(Target target, Plan plan) {
        Reachability answer = pools.probe(target.id());
        return switch (answer) {
            case Unreachable unreachable -> new Look.Missed(unreachable.failure());
            case Reachable reachable -> {
                try {
                    yield new Look.Seen(reachable, TargetStates.read(pools.writer(target.id()), plan.settings()));
                } catch (SQLException e) {
                    yield new Look.Missed(ConnectFailure.explain(target, target.connection(), e));
                }
            }
        };
    }
}
