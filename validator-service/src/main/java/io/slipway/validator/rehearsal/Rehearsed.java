package io.slipway.validator.rehearsal;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Rehearsal;
import java.util.List;

/**
 * A rehearsal and what it found that refuses the plan.
 *
 * @param findings about statements that failed as they would on the target
 */
public record Rehearsed(Rehearsal rehearsal, List<Finding> findings) {
    public Rehearsed {
        findings = List.copyOf(findings);
    }

    static Rehearsed none(String why) {
        return new Rehearsed(Rehearsal.none(why), List.of());
    }
}
