package io.slipway.validator.placeholder;

import java.util.List;

/**
 * A script as the server will see it.
 *
 * @param unresolved the placeholders without a value, in the order of the text; each became an identifier in {@code sql},
 *     so that the statements around it can still be read
 */
public record ResolvedSql(String sql, List<Unresolved> unresolved) {
    public ResolvedSql {
        unresolved = List.copyOf(unresolved);
    }

    /**
     * A placeholder for which nobody gave a value.
     *
     * @param line 1-based
     * @param column 1-based
     */
    public record Unresolved(String name, int line, int column) {}
}
