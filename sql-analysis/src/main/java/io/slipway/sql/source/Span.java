package io.slipway.sql.source;

/**
 * A stretch of a script.
 *
 * @param length in UTF-16 code units
 */
public record Span(Position start, int length) {
    public Span {
        if (length < 0) {
            throw new IllegalArgumentException("Expected a length >= 0, found " + length);
        }
    }

    /** The offset behind the last character. */
    public int end() {
        return start.offset() + length;
    }
}
