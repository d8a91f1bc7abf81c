package io.slipway.sql.parse;

import io.slipway.sql.source.Position;

/** The grammar lets a statement pass in which something is missing that PostgreSQL insists on. */
final class Incomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Incomplete(Position at, String what) {
        super("line %d, column %d: %s".formatted(at.line(), at.column(), what));
    }
}
