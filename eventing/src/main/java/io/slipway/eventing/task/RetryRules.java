package io.slipway.eventing.task;

import java.time.Duration;

/**
 * When a failed task runs again: after pauses that double up to a bound, until its attempts are used up.
 *
 * @param firstPause after the first failure
 * @param longestPause never more than this
 */
record RetryRules(Duration firstPause, Duration longestPause) {
    private static final int MOST_DOUBLINGS = 30; // far beyond any bound, far below an overflow

    /** @param failures how many attempts have failed so far, at least 1 */
    Duration pauseAfter(int failures) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }

    boolean exhausted(int failures, int maxAttempts) {
        return failures >= maxAttempts;
    }
}
