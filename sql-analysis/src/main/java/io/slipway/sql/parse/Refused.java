package io.slipway.sql.parse;

import io.slipway.sql.source.Position;

/** The grammar lets a statement pass that PostgreSQL refuses: something is missing, or a character makes no sense. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String what) {
        super(what);
    }

    Refused(Position at, String what) {
        super("line %d, column %d: %s".formatted(at.line(), at.column(), what));
    }
}
