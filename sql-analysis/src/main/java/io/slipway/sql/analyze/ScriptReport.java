package io.slipway.sql.analyze;

import io.slipway.sql.analyze.Analysis.Suppressed;
import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Hit;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Severity;
import io.slipway.sql.rule.Suppression;
import io.slipway.sql.rule.Suppressions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The findings about one script, as they are made: suppressed ones are kept apart. */
final class ScriptReport {
    private final String script;
    private final Suppressions suppressions;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Suppressed> suppressed = new ArrayList<>();

    ScriptReport(String script, Suppressions suppressions) {
        this.script = script;
        this.suppressions = suppressions;
    }

    /** @param fragment index of the statement that the hit is in */
    void add(Rule rule, Severity severity, Hit hit, int fragment) {
        add(
                new Finding(
                        rule.id(),
                        severity,
                        script,
                        hit.at().start().line(),
                        hit.at().start().column(),
                        hit.message(),
                        hit.whatHappens(),
                        hit.lock(),
                        hit.saferSql()),
                fragment);
    }

    /** Something about the script as a whole. */
    void add(Rule rule, String message, String whatHappens) {
        add(
                new Finding(rule.id(), rule.severity(), script, 0, 0, message, whatHappens, null, null),
                Suppression.WHOLE_FILE);
    }

    private void add(Finding finding, int fragment) {
        Optional<Suppression> by = suppressions.valid().stream()
                .filter(suppression -> suppression.covers(finding.ruleId(), fragment))
                .findFirst();
        by.ifPresentOrElse(
                suppression -> suppressed.add(new Suppressed(finding, suppression.reason())),
                () -> findings.add(finding));
    }

    List<Finding> findings() {
        return findings.stream()
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }

    List<Suppressed> suppressed() {
        return suppressed;
    }
}
