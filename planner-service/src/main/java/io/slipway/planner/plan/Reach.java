package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.TargetId;
import io.slipway.planner.PlannerConfig;
import io.slipway.targets.pool.ConnectFailure;
import io.slipway.targets.pool.Reachability;
import io.slipway.targets.pool.TargetPools;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Makes sure that a target answers, with some patience for one that restarts or fails over. */
@ApplicationScoped
class Reach {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final TargetPools pools;
    private final PlannerConfig config;

    Reach(TargetPools pools, PlannerConfig config) {
        this.pools = pools;
        this.config = config;
    }

    /** Why the target cannot be used, or nothing when it can. */
    Optional<Failure> obstacle(TargetId target) throws InterruptedException {
        long deadline = System.nanoTime() + config.targetPatience().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Optional<Failure> obstacle = look(target);
            if (obstacle.isEmpty() || ConnectFailure.lasting(obstacle.get())) {
                return obstacle;
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                return obstacle;
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private Optional<Failure> look(TargetId target) {
        return switch (pools.probe(target)) {
            case Reachability.Unreachable unreachable -> Optional.of(unreachable.failure());
            case Reachability.Reachable reachable
            when reachable.inRecovery() ->
                Optional.of(Failure.of(
                        "TARGET_IS_STANDBY",
                        "The server of target '%s' is a standby and takes no writes.".formatted(target),
                        "Let the target's URL lead to the primary."));
            case Reachability.Reachable _ -> Optional.empty();
        };
    }
}
