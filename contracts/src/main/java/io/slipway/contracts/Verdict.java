package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the validator holds of a plan.
 *
 * @param findings bounded in number, the worst first
 * @param riskReason what the risk comes from, absent when it is low
 * @param statements how many statements were read
 * @param unreadable how many of them could not be analysed; they are findings as well
 * @param locks the strongest one on each table that exists already, bounded in number
 * @param rehearsal absent where none was asked for
 * @param link where the validator answers with all findings; a URI or, where nobody has told the validator its own
 *     address, the path on it; absent when nothing was left out
 */
public record Verdict(
        List<Finding> findings,
        List<PreMigrationCheck> checks,
        Risk risk,
        @Nullable String riskReason,
        Reversibility reversibility,
        int statements,
        int unreadable,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TableLock> locks,
        @Nullable Rehearsal rehearsal,
        @Nullable String link) {

    /** What the plan may do to a live database, by its worst statement. */
    public enum Risk {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL
    }

    /** Whether there is a way back: green without loss, yellow with some work, red not without the backup. */
    public enum Reversibility {
        GREEN,
        YELLOW,
        RED
    }

    public Verdict {
        findings = List.copyOf(findings);
        checks = List.copyOf(checks);
        locks = List.copyOf(locks);
        Required.present("risk", risk);
        Required.present("reversibility", reversibility);
    }

    /** One that says all. */
    public Verdict(
            List<Finding> findings,
            List<PreMigrationCheck> checks,
            Risk risk,
            @Nullable String riskReason,
            Reversibility reversibility,
            int statements,
            int unreadable,
            List<TableLock> locks,
            @Nullable Rehearsal rehearsal) {
        this(findings, checks, risk, riskReason, reversibility, statements, unreadable, locks, rehearsal, null);
    }

    /**
     * The same, with some of the findings.
     *
     * @param all where to read the others, if anywhere
     */
    public Verdict excerpt(List<Finding> some, @Nullable String all) {
        return new Verdict(
                some, checks, risk, riskReason, reversibility, statements, unreadable, locks, rehearsal, all);
    }

    /** Whether nothing in it refuses the run. */
    @JsonIgnore
    public boolean passes() {
        return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR)
                && checks.stream().allMatch(check -> check.passed() || !check.critical());
    }
}
