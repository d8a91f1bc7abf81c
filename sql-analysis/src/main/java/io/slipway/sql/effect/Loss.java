package io.slipway.sql.effect;

/** Something that is gone when the statement has committed. @param object in words: {@code column app.t.a} */
public record Loss(Kind kind, String object) {

    /** What it takes to get it back. */
    public enum Kind {
        /** Rows or values: only a backup has them. */
        DATA,
        /** Values that were changed: only a backup has the former ones. */
        FORMER_VALUES,
        /** Digits or characters that the new type has no room for. */
        PRECISION,
        /** A definition: it can be written again. */
        DEFINITION
    }
}
