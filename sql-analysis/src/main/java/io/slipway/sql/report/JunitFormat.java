package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Severity;
import java.util.List;

/** JUnit's XML: each file is a test suite, each finding a test that failed; a file without findings is one that passed. */
final class JunitFormat {
    private JunitFormat() {}

    static String render(Report report) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        int tests = report.sources().keySet().stream()
                .mapToInt(file -> Math.max(1, of(file, report).size()))
                .sum();
        out.append("<testsuites name=\"slipway validate\" tests=\"%d\" failures=\"%d\">\n"
                .formatted(tests, failures(report.findings())));
        report.sources().keySet().forEach(file -> suite(file, of(file, report), out));
        return out.append("</testsuites>\n").toString();
    }

    private static void suite(String file, List<Finding> findings, StringBuilder out) {
        out.append("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
                .formatted(attribute(file), Math.max(1, findings.size()), failures(findings)));
        if (findings.isEmpty()) {
            out.append("    <testcase name=\"no findings\" classname=\"%s\" time=\"0\"/>\n".formatted(attribute(file)));
        }
        findings.forEach(finding -> test(file, finding, out));
        out.append("  </testsuite>\n");
    }

    private static void test(String file, Finding finding, StringBuilder out) {
        String name = "%s, line %d".formatted(finding.ruleId(), finding.line());
        out.append(
                "    <testcase name=\"%s\" classname=\"%s\" time=\"0\">\n".formatted(attribute(name), attribute(file)));
        String text = "%s:%d:%d\n%s".formatted(file, finding.line(), finding.column(), finding.whatHappens());
        String safer = finding.saferSql();
        String body = safer == null ? text : text + "\n\n" + safer;
        if (finding.severity() == Severity.INFO) {
            out.append("      <system-out>%s</system-out>\n".formatted(content(finding.message() + "\n" + body)));
        } else {
            out.append("      <failure message=\"%s\" type=\"%s\">%s</failure>\n"
                    .formatted(attribute(finding.message()), JsonFormat.word(finding.severity()), content(body)));
        }
        out.append("    </testcase>\n");
    }

    private static List<Finding> of(String file, Report report) {
        return report.findings().stream()
                .filter(finding -> finding.script().equals(file))
                .toList();
    }

    private static long failures(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .count();
    }

    private static String attribute(String text) {
        return content(text).replace("\"", "&quot;").replace("\n", "&#10;").replace("\t", "&#9;");
    }

    /** XML has no place for most control characters, not even escaped. */
    private static String content(String text) {
        return text.codePoints()
                .map(c ->
                        c == '\n' || c == '\t' || c >= 0x20 && c <= 0xd7ff || c >= 0xe000 && c != 0xfffe && c != 0xffff
                                ? c
                                : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
