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

    /**
     * The validator sees no backups: the one of this run is made, and read back, between release and execution, unless the
     * backup service is told otherwise for the target, which it records as {@code BackupSkipped}.
     */
    static Judgement backup() {
        return Judgement.passed(
                "This run makes a backup of its own and reads it back before anything is changed, unless slipway.backup.mode switches that off for the target.");
    }
}
