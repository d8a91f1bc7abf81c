package io.slipway.sql.effect;

/** How many rows a statement changes itself, constraints and rewrites aside; the later, the more. */
public enum RowsTouched {
    NONE,
    /** Those that the statement lists. */
    LISTED,
    /** Those that a WHERE leaves: from none to all. */
    FILTERED,
    /** As many as a query or a file brings. */
    QUERIED,
    ALL;

    public RowsTouched orMore(RowsTouched other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
