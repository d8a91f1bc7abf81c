package io.slipway.sql.report;

import java.util.Locale;
import java.util.function.Function;

/** The forms in which a report can be had. */
public enum Format {
    /** For people at a terminal, without colours. */
    TERMINAL(report -> new TerminalFormat(false).render(report)),
    /** Slipway's own, described by {@code findings.schema.json}. */
    JSON(JsonFormat::render),
    /** SARIF 2.1.0, for code scanning. */
    SARIF(SarifFormat::render),
    /** GitLab's code quality report. */
    GITLAB(GitlabFormat::render),
    /** Annotations by workflow commands of GitHub Actions. */
    GITHUB(LineFormats::github),
    /** JUnit's XML: one test suite for each file. */
    JUNIT(JunitFormat::render),
    /** A comment for a merge request. */
    MARKDOWN(MarkdownFormat::render),
    /** {@code file:line:column: error: message}, as editors read it. */
    GCC(LineFormats::gcc);

    private final Function<Report, String> renderer;

    Format(Function<Report, String> renderer) {
        this.renderer = renderer;
    }

    /** Ends with a line break, unless it is empty. */
    public String render(Report report) {
        return renderer.apply(report);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
