package io.slipway.sql.analyze;

import io.slipway.sql.analyze.Analysis.Suppressed;
import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Hit;
import io.slipway.sql.rule.MigrationFile;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.RulePolicy;
import io.slipway.sql.rule.ScriptRules;
import io.slipway.sql.rule.Severity;
import io.slipway.sql.rule.Suppression;
import io.slipway.sql.rule.Suppressions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The findings about one script, as they are made: suppressed ones are kept apart. */
final class ScriptReport {
    private final MigrationFile file;
    private final Suppressions suppressions;
    private final Set<Suppression> used = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Suppressed> suppressed = new ArrayList<>();

    ScriptReport(MigrationFile file) {
        this.file = file;
        this.suppressions = Suppressions.of(file.split());
        suppressions
                .invalid()
                .forEach(hit -> findings.add(Finding.of(
                        ScriptRules.SUPPRESSION_INVALID,
                        ScriptRules.SUPPRESSION_INVALID.severity(),
                        file.name(),
                        hit)));
    }

    /** @param fragment index of the statement that the hit is in, or {@link Suppression#WHOLE_FILE} */
    void add(Rule rule, Severity severity, Hit hit, int fragment) {
        Finding finding = Finding.of(rule, severity, file.name(), hit);
        Optional<Suppression> by = suppressions.valid().stream()
                .filter(suppression -> suppression.covers(rule.id(), fragment))
                .findFirst();
        by.ifPresentOrElse(
                suppression -> {
                    used.add(suppression);
                    suppressed.add(new Suppressed(finding, suppression.reason()));
                },
                () -> findings.add(finding));
    }

    /** Reports the suppressions that nothing needed, of rules that did look. */
    void close(RulePolicy policy) {
        Rule rule = ScriptRules.SUPPRESSION_UNUSED;
        if (!policy.applies(rule)) {
            return;
        }
        for (Suppression suppression : suppressions.valid()) {
            boolean looked = suppression.ruleIds().stream().allMatch(id -> io.slipway.sql.rule.Rules.find(id)
                    .filter(policy::applies)
                    .isPresent());
            if (!suppression.foreign() && looked && !used.contains(suppression)) {
                String ids = String.join(
                        ", ", suppression.ruleIds().stream().sorted().toList());
                findings.add(Finding.of(
                        rule,
                        rule.severity(),
                        file.name(),
                        new Hit(
                                suppression.at(),
                                "Nothing here is reported by %s.".formatted(ids),
                                null,
                                null,
                                null,
                                null,
                                null)));
            }
        }
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
