package io.slipway.executor.measure;

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
        int begins = line + breaks(offset, start);
        offset = start + text.length();
        line = begins + breaks(start, offset);
        return begins;
    }

    private int breaks(int from, int to) {
        return (int) script.substring(from, to).chars().filter(c -> c == '\n').count();
    }
}
