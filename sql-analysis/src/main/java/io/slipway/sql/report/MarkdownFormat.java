package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import java.util.Locale;

/** For a comment on a merge request: a table, and the safe forms below it, folded. */
final class MarkdownFormat {
    private MarkdownFormat() {}

    static String render(Report report) {
        StringBuilder out =
                new StringBuilder("### Slipway: ").append(report.summary()).append('\n');
        if (report.findings().isEmpty()) {
            return out.toString();
        }
        out.append("\n| | place | rule | what |\n|---|---|---|---|\n");
        for (Finding finding : report.findings()) {
            out.append("| %s | `%s` | `%s` | %s |\n"
                    .formatted(
                            finding.severity().name().toLowerCase(Locale.ROOT),
                            code(place(finding)),
                            finding.ruleId(),
                            cell(finding.message() + " " + finding.whatHappens())));
        }
        for (Finding finding : report.findings()) {
            String safer = finding.saferSql();
            if (safer != null) {
                String fence = safer.contains("```") ? "~~~~" : "```";
                out.append(
                        "\n<details><summary>Safe form for <code>%s</code>, %s</summary>\n\n%ssql\n%s\n%s\n</details>\n"
                                .formatted(finding.ruleId(), cell(place(finding)), fence, safer.strip(), fence));
            }
        }
        return out.toString();
    }

    private static String place(Finding finding) {
        return finding.line() == 0 ? finding.script() : finding.script() + ":" + finding.line();
    }

    private static String code(String text) {
        return text.replace("`", "'").replace("|", "\\|");
    }

    /** Names of tables may be anything, and must not become markup. */
    static String cell(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("`", "\\`")
                .replace("[", "\\[")
                .replaceAll("\\s+", " ");
    }
}
