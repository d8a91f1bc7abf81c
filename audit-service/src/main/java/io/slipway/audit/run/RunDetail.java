package io.slipway.audit.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Finding;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.Rehearsal;
import io.slipway.contracts.TableLock;
import io.slipway.contracts.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one run, except the text of its scripts.
 *
 * @param planned the scripts of its plan, in order
 * @param migrations what it applied, or took back
 * @param riskReason what the risk comes from
 * @param locks what the plan locks, the strongest on each table
 * @param rehearsal absent where there was none
 * @param allFindings where the validator answers with more than {@code findings}: a URI, or the path on it; absent when those
 *     are all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunDetail(
        RunSummary run,
        List<Step> steps,
        List<String> planned,
        List<PerformedMigration> migrations,
        List<Finding> findings,
        List<PreMigrationCheck> checks,
        @Nullable String riskReason,
        List<TableLock> locks,
        @Nullable Rehearsal rehearsal,
        @Nullable String allFindings) {

    static RunDetail of(
            RunSummary run,
            List<Step> steps,
            List<String> planned,
            List<PerformedMigration> migrations,
            @Nullable Verdict verdict) {
        return verdict == null
                ? new RunDetail(run, steps, planned, migrations, List.of(), List.of(), null, List.of(), null, null)
                : new RunDetail(
                        run,
                        steps,
                        planned,
                        migrations,
                        verdict.findings(),
                        verdict.checks(),
                        verdict.riskReason(),
                        verdict.locks(),
                        verdict.rehearsal(),
                        verdict.link());
    }
}
