package io.slipway.sql.analyze;

import io.slipway.sql.effect.Reversibility;
import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Severity;
import java.util.List;

/**
 * What there is to say about a plan.
 *
 * @param findings by script in the plan's order, then by position
 * @param suppressed what a comment in the script has silenced, for the record
 * @param statements of the scripts that the plan runs
 * @param unreadable how many of these could not be analysed; each is a finding as well
 * @param reversibility of the worst statement
 * @param reversibilityReason which statement that is; empty when all is green
 */
public record Analysis(
        List<Finding> findings,
        List<Suppressed> suppressed,
        int statements,
        int unreadable,
        Reversibility reversibility,
        String reversibilityReason) {

    /** A finding, and why it does not count. */
    public record Suppressed(Finding finding, String reason) {}

    public Analysis {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
    }

    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
