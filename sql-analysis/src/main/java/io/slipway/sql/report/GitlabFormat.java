package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Severity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** GitLab's code quality report: fingerprints must differ, and each finding must have a line. */
final class GitlabFormat {
    private GitlabFormat() {}

    static String render(Report report) {
        Set<String> used = new HashSet<>();
        List<Map<String, Object>> issues = report.findings().stream()
                .map(finding -> issue(finding, unique(Fingerprint.of(finding, report.source(finding)), used)))
                .toList();
        return Json.of(issues);
    }

    private static Map<String, Object> issue(Finding finding, String fingerprint) {
        Map<String, Object> issue = new LinkedHashMap<>();
        issue.put("description", finding.message());
        issue.put("check_name", finding.ruleId());
        issue.put("fingerprint", fingerprint);
        issue.put("severity", severity(finding.severity()));
        Map<String, Object> location = new LinkedHashMap<>();
        location.put("path", finding.script());
        location.put("lines", Map.of("begin", Math.max(1, finding.line())));
        issue.put("location", location);
        return issue;
    }

    private static String unique(String fingerprint, Set<String> used) {
        String candidate = fingerprint;
        for (int i = 2; !used.add(candidate); i++) {
            candidate = fingerprint + "-" + i;
        }
        return candidate;
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "critical";
            case WARNING -> "major";
            case INFO -> "info";
        };
    }
}
