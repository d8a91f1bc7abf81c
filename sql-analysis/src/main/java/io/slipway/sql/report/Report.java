package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Rules;
import io.slipway.sql.rule.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * All that there is to tell.
 *
 * @param version of Slipway
 * @param findings by file, then by position
 * @param suppressed what a comment in a script has silenced
 * @param sources the files that were looked at, by the names that findings use
 * @param statements how many were read
 * @param unreadable how many of them could not be analysed
 * @param failed whether a finding is as bad as the limit allows none
 */
public record Report(
        String version,
        List<Finding> findings,
        List<Silenced> suppressed,
        Map<String, Source> sources,
        int statements,
        int unreadable,
        boolean failed) {

    /** A finding, and why it does not count. */
    public record Silenced(Finding finding, String reason) {}

    public Report {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        sources = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(sources));
    }

    long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** The rules that found something, or would have, by their ids. */
    List<Rule> rules() {
        TreeSet<String> ids = new TreeSet<>();
        findings.forEach(finding -> ids.add(finding.ruleId()));
        suppressed.forEach(silenced -> ids.add(silenced.finding().ruleId()));
        return ids.stream().flatMap(id -> Rules.find(id).stream()).toList();
    }

    Source source(Finding finding) {
        return sources.getOrDefault(finding.script(), Source.NONE);
    }

    /** Such as {@code 2 errors, 1 warning in 3 files, 14 statements}. */
    String summary() {
        String found = findings.isEmpty()
                ? "Nothing found"
                : String.join(
                        ", ",
                        java.util.stream.Stream.of(
                                        counted(count(Severity.ERROR), "error"),
                                        counted(count(Severity.WARNING), "warning"),
                                        counted(count(Severity.INFO), "remark"))
                                .filter(text -> !text.startsWith("0"))
                                .toList());
        String unread = unreadable == 0 ? "" : ", %d of them not analysed".formatted(unreadable);
        String silenced = suppressed.isEmpty() ? "" : " %d suppressed.".formatted(suppressed.size());
        return "%s in %s, %s%s.%s"
                .formatted(found, counted(sources.size(), "file"), counted(statements, "statement"), unread, silenced);
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
