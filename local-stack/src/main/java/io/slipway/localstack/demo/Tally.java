package io.slipway.localstack.demo;

/**
 * What the tour did, as the audit service tells it.
 *
 * @param applied    migrations
 * @param refused    runs
 * @param rolledBack migrations
 * @param runs       all of them, dry runs included
 */
record Tally(long applied, long refused, long rolledBack, long runs) {

    /** The demo's last line. */
    String line() {
        return "demo: %d migrations applied, %d refused, %d rolled back, %d runs in history"
                .formatted(applied, refused, rolledBack, runs);
    }
}
