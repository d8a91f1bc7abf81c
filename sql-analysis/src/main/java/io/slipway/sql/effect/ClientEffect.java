package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;

/** What the release of the application that is running notices. @param detail the column, constraint or new name */
public record ClientEffect(Kind kind, Name object, String detail) {

    /** What fails or changes for it. */
    public enum Kind {
        RELATION_GONE,
        RELATION_RENAMED,
        COLUMN_GONE,
        COLUMN_RENAMED,
        /** INSERTs that do not name the column fail. */
        COLUMN_REQUIRED,
        /** Writes of NULL fail. */
        NULLS_REFUSED,
        /** Reads meet NULLs that could not be there before. */
        NULLS_APPEAR,
        /** Writes that the new constraint does not allow fail. */
        VALUES_REFUSED,
        DEFAULT_CHANGED,
        TYPE_CHANGED,
        /** Row security hides rows from whoever no policy lets see them. */
        ROWS_HIDDEN,
        LABEL_RENAMED,
        ROUTINE_GONE,
        PRIVILEGES_CHANGED
    }
}
