package io.slipway.executor.flyway;

/** How the history says that a version was taken back. */
public enum UndoRow {
    /** Every edition of Flyway reads it: the version is pending again. */
    DELETE,
    /** As paid editions of Flyway write it; the open one refuses every command on such a history. */
    UNDO_SQL
}
