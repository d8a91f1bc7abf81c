package io.slipway.executor.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long an attempt to get a lock may wait, and how long to stay away after it. */
public sealed interface LockPolicy {
    Backoff backoff();

    /**
     * How long the next attempt waits.
     *
     * @param failures how many have failed
     */
    Duration timeout(int failures);

    /** How long to stay away after this many failures, the first of which began {@code waited} ago; empty for giving up. */
    Optional<Duration> pause(int failures, Duration waited, RandomGenerator random);

    /**
     * @param bound what no attempt may exceed
     * @throws IllegalArgumentException when a setting makes no sense
     */
    static LockPolicy of(LocksConfig config, Duration bound) {
        var backoff = new Backoff(config.firstPause(), config.longestPause(), config.budget());
        return switch (config.strategy()) {
            case RETRY -> new Retry(config.firstTimeout(), bound, backoff);
            case CANARY -> new Canary(config.heldAttempts(), bound, backoff);
        };
    }

    /** Many attempts, each twice as long as the one before. */
    record Retry(Duration first, Duration bound, Backoff backoff) implements LockPolicy {
        public Retry {
            Backoff.positive("first-timeout", first);
        }

        @Override
        public Duration timeout(int failures) {
            return Backoff.doubled(first, failures, bound);
        }

        @Override
        public Optional<Duration> pause(int failures, Duration waited, RandomGenerator random) {
            return backoff.pause(failures, waited, random);
        }
    }

    /**
     * One short attempt that shows whether anyone is in the way, then a few long ones. They are long because of
     * autovacuum: PostgreSQL makes it yield to a session only once that has waited for {@code deadlock_timeout}
     * (ProcSleep in storage/lmgr/proc.c), 1 s unless it was raised, and lock_timeout may not end the wait before.
     * An attempt under 5 s never makes it yield on servers where it was raised to that, as busy ones do.
     */
    record Canary(int heldAttempts, Duration bound, Backoff backoff) implements LockPolicy {
        private static final Duration CANARY = Duration.ofSeconds(1);
        private static final Duration HELD = Duration.ofSeconds(7);

        public Canary {
            if (heldAttempts < 0) {
                throw new IllegalArgumentException(
                        "slipway.executor.locks.held-attempts must be 0 or more, but is %d.".formatted(heldAttempts));
            }
        }

        @Override
        public Duration timeout(int failures) {
            return Backoff.shorter(failures == 0 ? CANARY : HELD, bound);
        }

        @Override
        public Optional<Duration> pause(int failures, Duration waited, RandomGenerator random) {
            return failures > heldAttempts ? Optional.empty() : backoff.pause(failures, waited, random);
        }
    }

    /** Exponential backoff with full jitter, within a budget of time. */
    record Backoff(Duration first, Duration longest, Duration budget) {
        /** Beyond, every bound has been reached; doubling further would only overflow. */
        private static final int DOUBLINGS = 20;

        public Backoff {
            positive("first-pause", first);
            positive("longest-pause", longest);
            positive("budget", budget);
        }

        Optional<Duration> pause(int failures, Duration waited, RandomGenerator random) {
            long bound = doubled(first, failures - 1, longest).toMillis();
            Duration pause = Duration.ofMillis(random.nextLong(bound + 1));
            return waited.plus(pause).compareTo(budget) < 0 ? Optional.of(pause) : Optional.empty();
        }

        private static void positive(String setting, Duration value) {
            if (value.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "slipway.executor.locks.%s must be 1 ms or more, but is %s.".formatted(setting, value));
            }
        }

        static Duration doubled(Duration first, int times, Duration bound) {
            return shorter(first.multipliedBy(1L << Math.min(times, DOUBLINGS)), bound);
        }

        static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }
}
