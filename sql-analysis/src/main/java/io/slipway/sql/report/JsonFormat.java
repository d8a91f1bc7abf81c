package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Severity;
import io.slipway.sql.source.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Slipway's own JSON; {@code findings.schema.json} describes it, and only grows. */
final class JsonFormat {
    private JsonFormat() {}

    static String render(Report report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", "slipway-findings");
        document.put("formatVersion", 1);
        document.put("version", report.version());
        document.put("failed", report.failed());
        document.put("files", List.copyOf(report.sources().keySet()));
        document.put("statements", report.statements());
        document.put("unreadable", report.unreadable());
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(word(severity), report.count(severity));
        }
        document.put("counts", counts);
        document.put(
                "findings",
                report.findings().stream()
                        .map(finding -> finding(finding, report.source(finding)))
                        .toList());
        document.put(
                "suppressed",
                report.suppressed().stream()
                        .map(silenced -> {
                            Map<String, Object> finding =
                                    finding(silenced.finding(), report.source(silenced.finding()));
                            finding.put("reason", silenced.reason());
                            return finding;
                        })
                        .toList());
        return Json.of(document);
    }

    private static Map<String, Object> finding(Finding finding, Source source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", finding.ruleId());
        json.put("severity", word(finding.severity()));
        json.put("file", finding.script());
        if (finding.line() > 0) {
            Position end = source.end(finding);
            json.put("line", finding.line());
            json.put("column", finding.column());
            json.put("endLine", end.line());
            json.put("endColumn", end.column());
            json.put("offset", finding.offset());
            json.put("length", finding.length());
        }
        json.put("message", finding.message());
        json.put("whatHappens", finding.whatHappens());
        String lock = finding.lock();
        if (lock != null) {
            json.put("lock", lock);
        }
        String safer = finding.saferSql();
        if (safer != null) {
            json.put("saferSql", safer);
        }
        return json;
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
