package io.slipway.validator.check;

import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.outcome.Listing;

/** What a verdict records of the plan itself, for those who approve it. */
final class PlanRemarks {
    private PlanRemarks() {}

    static Judgement pending(Plan plan) {
        int count = plan.scripts().size();
        return Judgement.passed(
                        count == 0
                                ? "The plan runs nothing."
                                : "The plan runs %d scripts: %s."
                                        .formatted(
                                                count,
                                                Listing.of(plan.scripts().stream()
                                                        .map(PlannedScript::name)
                                                        .toList())))
                .measured(count);
    }
}
