package io.slipway.executor.measure;

import io.slipway.sql.split.Splitter;

/** Finds the lines of a script's statements, which Flyway's callbacks do not tell. */
public final class ScriptLines {
    private final String script;
    private int offset;
    private int line = 1;

    public ScriptLines(String script) {
        this.script = script;
    }

    /** Where the next statement begins, from 1; 0 where placeholders make the script's text another one. */
    public int next(String sql) {
        String text = sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
        int start = script.indexOf(text, offset);
        if (start < 0) {
            return 0;
        }
        int begins = start + comments(text);
        int found = line + breaks(offset, begins);
        offset = start + text.length();
        line = found + breaks(begins, offset);
        return found;
    }

    /** Flyway has those before a statement belong to it. */
    private static int comments(String text) {
        return Splitter.split(text).fragments().stream()
                .findFirst()
                .map(fragment -> fragment.span().start().offset())
                .orElse(0);
    }

    private int breaks(int from, int to) {
        return (int) script.substring(from, to).chars().filter(c -> c == '\n').count();
    }
}
