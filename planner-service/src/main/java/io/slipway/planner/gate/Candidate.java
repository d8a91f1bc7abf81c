package io.slipway.planner.gate;

import io.slipway.contracts.Finding;
import io.slipway.contracts.FindingIds;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Verdict;
import io.slipway.policy.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A validated run that asks to go.
 *
 * @param plan the digest of what would run
 * @param requestedBy who asked for it, or for what it takes back, and therefore cannot approve it
 * @param estimate how long it will take, absent when nobody knows
 * @param wayBack what a rollback is made of
 * @param approvals all that were given for this run, those of earlier plans included
 */
public record Candidate(
        Plan.Kind kind,
        PlanDigest plan,
        Verdict verdict,
        String requestedBy,
        boolean force,
        @Nullable Duration estimate,
        WayBack wayBack,
        List<Approval> approvals) {
    public Candidate {
        approvals = List.copyOf(approvals);
    }

    Level risk() {
        return switch (verdict.risk()) {
            case LOW -> Level.LOW;
            case MEDIUM -> Level.MEDIUM;
            case HIGH -> Level.HIGH;
            case CRITICAL -> Level.CRITICAL;
        };
    }

    /** The rules that found something, also where a comment in the script silences it: policy is not the author's to waive. */
    Set<String> rules() {
        return verdict.findings().stream().map(Finding::ruleId).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether any of these rules found something, or may have: a verdict with too many findings leaves some out. */
    boolean mayHaveFound(List<String> ids) {
        Set<String> found = rules();
        return !ids.isEmpty()
                && (found.contains(FindingIds.FINDINGS_LEFT_OUT) || ids.stream().anyMatch(found::contains));
    }
}
