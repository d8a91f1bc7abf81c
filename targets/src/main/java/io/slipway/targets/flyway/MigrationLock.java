package io.slipway.targets.flyway;

/** How Flyway keeps two migrations of one database apart. */
public enum MigrationLock {
    /** Flyway's default: released whatever happens, but a {@code CREATE INDEX CONCURRENTLY} waits for it for ever. */
    TRANSACTION,
    /** A lock of the session: needed as soon as one pending script runs outside a transaction. */
    SESSION
}
