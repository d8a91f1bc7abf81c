package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Severity;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * For people: each finding with its line, a mark below it, what it blocks, and the safe form.
 *
 * @param colours whether the output understands ANSI sequences
 */
public record TerminalFormat(boolean colours) {
    /** Longer lines are cut around the place: a terminal would wrap them, and the mark would point nowhere. */
    private static final int WIDTH = 160;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    public String render(Report report) {
        StringBuilder out = new StringBuilder();
        for (Finding finding : report.findings()) {
            one(finding, report.source(finding), out);
        }
        String summary = report.summary();
        out.append(report.failed() ? paint("31", summary) : summary).append('\n');
        return out.toString();
    }

    private void one(Finding finding, Source source, StringBuilder out) {
        String place = finding.line() == 0
                ? finding.script()
                : "%s:%d:%d".formatted(finding.script(), finding.line(), finding.column());
        out.append(paint(colour(finding.severity()), word(finding.severity()) + "[" + finding.ruleId() + "]"))
                .append(": ")
                .append(printable(finding.message()))
                .append('\n')
                .append("  --> ")
                .append(printable(place))
                .append('\n');
        quote(finding, source, out);
        note("", finding.whatHappens(), out);
        String lock = finding.lock();
        if (lock != null) {
            note("lock: ", lock, out);
        }
        String safer = finding.saferSql();
        if (safer != null) {
            out.append("   = safe:\n       ")
                    .append(printable(safer).strip().replace("\n", "\n       "))
                    .append('\n');
        }
        out.append('\n');
    }

    private void quote(Finding finding, Source source, StringBuilder out) {
        String line = source.line(finding);
        if (line.isEmpty()) {
            return;
        }
        int column = Math.min(finding.column() - 1, line.length());
        int from = Math.max(0, Math.min(column - WIDTH / 2, line.length() - WIDTH));
        String shown = printable(line.substring(from, Math.min(line.length(), from + WIDTH)));
        String number = String.valueOf(finding.line());
        String margin = " ".repeat(number.length());
        // Tabs stay tabs, so that the mark stands below its place whatever their width.
        String before =
                shown.substring(0, Math.min(column - from, shown.length())).replaceAll("[^\\t]", " ");
        int marks = Math.min(source.width(finding), Math.max(1, shown.length() - before.length()));
        out.append("%s |\n%s | %s\n%s | %s%s\n"
                .formatted(
                        margin, number, shown, margin, before, paint(colour(finding.severity()), "^".repeat(marks))));
    }

    private static void note(String label, String text, StringBuilder out) {
        out.append("   = ").append(label).append(printable(text)).append('\n');
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String colour(Severity severity) {
        return switch (severity) {
            case ERROR -> "31";
            case WARNING -> "33";
            case INFO -> "36";
        };
    }

    /** What stands in a script must not steer the terminal. */
    private static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
