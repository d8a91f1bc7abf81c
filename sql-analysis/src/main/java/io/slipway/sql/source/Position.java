package io.slipway.sql.source;

/**
 * A place in a script, counted in UTF-16 code units, as Java strings and most editors count.
 *
 * @param offset 0-based, from the start of the script, a byte order mark included
 * @param line 1-based; {@code \n}, {@code \r\n} and a lone {@code \r} each end a line
 * @param column 1-based; a byte order mark does not count
 */
public record Position(int offset, int line, int column) {
    public Position {
        if (offset < 0 || line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "Expected offset >= 0, line and column >= 1, found %d, %d, %d".formatted(offset, line, column));
        }
    }
}
