package io.slipway.benchmarks.locks;

import org.jspecify.annotations.Nullable;

/**
 * One line of statements.txt: {@code statement}, or {@code preparation => statement}.
 *
 * @param pre runs first, in the same session
 */
record MeasuredStatement(@Nullable String pre, String sql) {

    private static final String ARROW = " => ";

    static MeasuredStatement read(String line) {
        var at = line.indexOf(ARROW);
        return at < 0
                ? new MeasuredStatement(null, line)
                : new MeasuredStatement(line.substring(0, at), line.substring(at + ARROW.length()));
    }
}
