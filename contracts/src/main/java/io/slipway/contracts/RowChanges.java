package io.slipway.contracts;

/**
 * Rows changed, as PostgreSQL's statistics count them: those by triggers and foreign keys included, TRUNCATE not. A row
 * that moves to another partition is one deleted and one inserted.
 */
public record RowChanges(long inserted, long updated, long deleted) {
    public static final RowChanges NONE = new RowChanges(0, 0, 0);

    public RowChanges plus(RowChanges other) {
        return new RowChanges(inserted + other.inserted, updated + other.updated, deleted + other.deleted);
    }

    /** What came since; where PostgreSQL has forgotten some, as after a TRUNCATE, none. */
    public RowChanges since(RowChanges earlier) {
        return new RowChanges(
                Math.max(0, inserted - earlier.inserted),
                Math.max(0, updated - earlier.updated),
                Math.max(0, deleted - earlier.deleted));
    }

    /** All of them. */
    public long sum() {
        return inserted + updated + deleted;
    }
}
