package io.slipway.executor.lock;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How the executor waits for locks. A statement that waits for a lock makes everyone wait who comes after it, so that no
 * attempt is longer than {@code slipway.targets.<name>.lock-timeout}.
 */
@ConfigMapping(prefix = "slipway.executor.locks")
public interface LocksConfig {
    /**
     * {@code retry}: many attempts, short at first, each twice as long as the one before up to the target's lock-timeout.
     * {@code canary}: one of 1 s, then a few of 7 s, as far as the target's lock-timeout allows.
     */
    @WithDefault("retry")
    Strategy strategy();

    /** How long the first attempt of {@code retry} waits: short, because most locks are held for milliseconds. */
    @WithDefault("500ms")
    Duration firstTimeout();

    /** How many attempts of {@code canary} follow its first one. */
    @WithDefault("5")
    int heldAttempts();

    /**
     * The upper bound of the pause after the first attempt; it doubles with each. The pause itself is drawn between 0 and
     * the bound, so that migrations that met the same obstacle do not come back together.
     */
    @WithDefault("500ms")
    Duration firstPause();

    /** What the upper bound of a pause grows to; longer would miss the short gaps between long transactions. */
    @WithDefault("30s")
    Duration longestPause();

    /**
     * For how long a script, or a statement outside a transaction, tries to get its locks before the run fails with
     * {@code LOCK_NOT_AVAILABLE}, or {@code HISTORY_LOCKED} for Flyway's own. CONCURRENTLY, in whose way nobody has to wait, waits as long in one go.
     */
    @WithDefault("40m")
    Duration budget();

    /**
     * Which sessions in the way the executor may end: {@code none}, {@code idle-in-transaction} (their transactions are
     * rolled back and their clients lose the connection) or {@code autovacuum} (it starts anew later; never one that
     * prevents a wraparound).
     */
    @WithDefault("none")
    CancelBlockers cancelBlockers();

    /** For how long a session must have been idle in its transaction before it may be ended; it may be about to go on. */
    @WithDefault("10s")
    Duration cancelIdleAfter();

    /** The ways to wait for locks. */
    enum Strategy {
        RETRY,
        CANARY
    }

    /** What may be ended. */
    enum CancelBlockers {
        NONE,
        IDLE_IN_TRANSACTION,
        AUTOVACUUM
    }
}
