package io.slipway.audit.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Finding;
import io.slipway.contracts.PreMigrationCheck;
import java.util.List;

/**
 * All that is known about one run, except the text of its scripts.
 *
 * @param planned the scripts of its plan, in order
 * @param migrations what it applied, or took back
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunDetail(
        RunSummary run,
        List<Step> steps,
        List<String> planned,
        List<PerformedMigration> migrations,
        List<Finding> findings,
        List<PreMigrationCheck> checks) {}
