package io.slipway.cli.run;

import io.slipway.cli.output.Style;
import io.slipway.contracts.Finding;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A verdict in lines: each finding with its place, its lock and the safe form, where the others are if it has not all, then
 * the checks that failed.
 */
record Findings(Style style) {
    List<String> lines(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        verdict.findings().forEach(finding -> lines.addAll(lines(finding)));
        if (verdict.link() != null) {
            lines.add(Style.printable("All findings: " + place(verdict.link())));
        }
        verdict.checks().stream().filter(check -> !check.passed()).forEach(check -> lines.addAll(lines(check)));
        return lines;
    }

    /** A validator that nobody has told its own address says the path only. */
    private static String place(String link) {
        return link.startsWith("/") ? "GET %s of the validator".formatted(link) : link;
    }

    private List<String> lines(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add("%s %s[%s]".formatted(severity(finding), Style.printable(place(finding)), finding.ruleId()));
        lines.add(indented(finding.message()));
        if (finding.lock() != null) {
            lines.add(indented("lock: " + finding.lock()));
        }
        if (finding.saferSql() != null) {
            lines.add(indented("safe: " + finding.saferSql()));
        }
        return lines;
    }

    private String severity(Finding finding) {
        return switch (finding.severity()) {
            case ERROR -> style.red("ERROR  ");
            case WARNING -> style.yellow("WARNING");
            case INFO -> style.dim("INFO   ");
        };
    }

    private static String place(Finding finding) {
        if (finding.script() == null) {
            return "";
        }
        return finding.line() == 0
                ? finding.script() + " "
                : "%s:%d:%d ".formatted(finding.script(), finding.line(), finding.column());
    }

    private List<String> lines(PreMigrationCheck check) {
        List<String> lines = new ArrayList<>();
        lines.add("%s check %s: %s".formatted(severity(check), check.name(), Style.printable(check.detail())));
        if (check.advice() != null) {
            lines.add(indented(check.advice()));
        }
        return lines;
    }

    private String severity(PreMigrationCheck check) {
        if (check.critical()) {
            return style.red("ERROR  ");
        }
        return check.unknown() ? style.dim("UNKNOWN") : style.yellow("WARNING");
    }

    private static String indented(String text) {
        return "        " + Style.printable(text).strip().replace("\n", "\n        ");
    }
}
