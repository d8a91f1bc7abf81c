package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.source.Position;

/** One line for each finding. */
final class LineFormats {
    private LineFormats() {}

    static String gcc(Report report) {
        StringBuilder out = new StringBuilder();
        for (Finding finding : report.findings()) {
            String severity =
                    switch (finding.severity()) {
                        case ERROR -> "error";
                        case WARNING -> "warning";
                        case INFO -> "note";
                    };
            out.append("%s:%d:%d: %s: %s [%s]\n"
                    .formatted(
                            oneLine(finding.script()),
                            Math.max(1, finding.line()),
                            Math.max(1, finding.column()),
                            severity,
                            oneLine(finding.message()),
                            finding.ruleId()));
        }
        return out.toString();
    }

    static String github(Report report) {
        StringBuilder out = new StringBuilder();
        for (Finding finding : report.findings()) {
            String command =
                    switch (finding.severity()) {
                        case ERROR -> "error";
                        case WARNING -> "warning";
                        case INFO -> "notice";
                    };
            StringBuilder place = new StringBuilder("file=").append(property(finding.script()));
            if (finding.line() > 0) {
                Position end = report.source(finding).end(finding);
                place.append(",line=")
                        .append(finding.line())
                        .append(",endLine=")
                        .append(end.line());
                if (end.line() == finding.line()) {
                    // Columns of a region over several lines are refused.
                    place.append(",col=")
                            .append(finding.column())
                            .append(",endColumn=")
                            .append(end.column());
                }
            }
            out.append("::%s %s,title=%s::%s\n"
                    .formatted(command, place, property(finding.ruleId()), message(text(finding))));
        }
        return out.toString();
    }

    private static String text(Finding finding) {
        String safer = finding.saferSql();
        return finding.message() + "\n" + finding.whatHappens() + (safer == null ? "" : "\nSafe form:\n" + safer);
    }

    private static String message(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
