package io.slipway.executor.lock;

import io.slipway.contracts.PlannedScript;
import io.slipway.eventing.Lost;
import io.slipway.executor.stop.SafePoint;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.flywaydb.core.api.FlywayException;

/**
 * The attempts of one execution to get its locks. Counts anew for each script, and for each statement outside a
 * transaction; a process that takes the run up after a crash counts anew as well. Belongs to the thread that executes.
 */
public final class LockAttempts {
    /** How often a stay away looks whether it is to end. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final LockPolicy policy;
    private final LockWait lockWait;
    private final SafePoint safePoint;
    private final HistoryLock historyLock;
    private final RandomGenerator random;
    private boolean transactional = true;

    public LockAttempts(LockPolicy policy, SafePoint safePoint, HistoryLock historyLock, RandomGenerator random) {
        this.policy = policy;
        this.lockWait = new LockWait(policy);
        this.safePoint = safePoint;
        this.historyLock = historyLock;
        this.random = random;
    }

    /** For those who watch. */
    public LockWait lockWait() {
        return lockWait;
    }

    /** A script begins, or begins again; returns how long its statements may wait for a lock. */
    public Duration begin(PlannedScript script) {
        transactional = script.transactional();
        return lockWait.begin(script.name());
    }

    /** A script of a group begins, or begins again: the group is tried as a whole, so that it counts as one. */
    public Duration beginGroup() {
        transactional = true;
        return lockWait.begin("all scripts");
    }

    /** For how long a statement may wait that is in nobody's way. */
    Duration patience() {
        return policy.backoff().budget();
    }

    /** How long an attempt waits at the longest. */
    Duration longest() {
        return policy.timeout(Integer.MAX_VALUE);
    }

    /**
     * Runs scripts as often as it takes to get their locks, and Flyway's before them; between two attempts nothing of the
     * script at work is held.
     *
     * @param scripts to be called again goes on with what is still to do
     * @throws FlywayException what went wrong, that the budget is used up, or that the run is to stop
     * @throws Lost when nobody can tell whether it is
     */
    public void run(Runnable scripts) {
        while (true) {
            try {
                scripts.run();
                return;
            } catch (FlywayException e) {
                if (HistoryLock.refuses(e)) {
                    // Flyway tried for it between two scripts, so that no script is at work.
                    lockWait.begin("Flyway's lock");
                    lockWait.blocked(historyLock.holders());
                } else if (!transactional || !Collision.causes(e)) {
                    // The statements of a script without a transaction have been tried one by one.
                    throw e;
                }
                stayAway(pause(e), false);
            }
        }
    }

    /**
     * Runs one statement outside a transaction, or one transaction of a script, as often as it takes. A stop ends that in the middle of the script; a
     * control plane that does not answer does not, because it comes back and half a script stays.
     */
    public void run(String statement, Consumer<Duration> execution) {
        while (true) {
            Duration timeout = lockWait.begin(statement);
            try {
                execution.accept(timeout);
                return;
            } catch (FlywayException e) {
                if (!Collision.causes(e)) {
                    throw e;
                }
                stayAway(pause(e), true);
            }
        }
    }

    /**
     * Stays away for a while of its own accord.
     *
     * @throws FlywayException when the run is to stop
     * @throws Lost when nobody can tell whether it is
     */
    public void rest(Duration pause) {
        stayAway(pause, false);
    }

    private Duration pause(FlywayException failure) {
        LockWait.Waiting failed = lockWait.failed();
        return policy.pause(failed.attempt(), failed.waited(), random).orElseThrow(() -> failure);
    }

    private void stayAway(Duration pause, boolean insideScript) {
        Instant end = Instant.now().plus(pause);
        Duration left = pause;
        do {
            pass(insideScript);
            sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
            left = Duration.between(Instant.now(), end);
        } while (left.isPositive());
    }

    private void pass(boolean insideScript) {
        try {
            safePoint.pass();
        } catch (Lost e) {
            if (!insideScript) {
                throw e;
            }
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Lost("The executor stops while it waits for a lock", e);
        }
    }
}
