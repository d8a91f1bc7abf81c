package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.source.Lines;
import io.slipway.sql.source.Position;

/** The text of a file, as a report quotes it. */
public final class Source {
    static final Source NONE = new Source("");

    private final String text;
    private final Lines lines;

    public Source(String text) {
        this.text = text;
        this.lines = Lines.of(text);
    }

    /** The line in which the finding begins, without its line break; empty where it is about the file. */
    String line(Finding finding) {
        if (finding.line() == 0 || finding.offset() > text.length()) {
            return "";
        }
        int start = finding.offset();
        while (start > 0 && !breaks(text.charAt(start - 1))) {
            start--;
        }
        int end = finding.offset();
        while (end < text.length() && !breaks(text.charAt(end))) {
            end++;
        }
        String line = text.substring(start, end);
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** How many characters of that line the finding is about, at least one. */
    int width(Finding finding) {
        int end = Math.min(text.length(), finding.offset() + finding.length());
        int at = finding.offset();
        while (at < end && !breaks(text.charAt(at))) {
            at++;
        }
        return Math.max(1, at - finding.offset());
    }

    /** Right behind its last character. */
    Position end(Finding finding) {
        return lines.at(Math.min(text.length(), finding.offset() + finding.length()));
    }

    /** What it is about, for a fingerprint: white space aside. */
    String subject(Finding finding) {
        int end = Math.min(text.length(), finding.offset() + finding.length());
        return finding.offset() > end
                ? ""
                : text.substring(finding.offset(), end).replaceAll("\\s+", " ");
    }

    private static boolean breaks(char c) {
        return c == '\n' || c == '\r';
    }
}
