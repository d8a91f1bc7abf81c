package io.slipway.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetId;
import java.util.List;

/**
 * The end of a dry run: planned and validated, nothing changed.
 *
 * @param scripts the names of the scripts that would run, in order
 * @param sql the same scripts with their text; absent in events from before there was one
 * @param wouldPass whether the validator lets it pass
 */
public record DryRunCompleted(
        RunId runId,
        TargetId target,
        PlanDigest plan,
        List<String> scripts,
        boolean wouldPass,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ScriptFile> sql)
        implements RunEnded {
    public DryRunCompleted {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        scripts = List.copyOf(scripts);
        sql = List.copyOf(sql);
    }

    /** One whose text is still to come. */
    public DryRunCompleted(RunId runId, TargetId target, PlanDigest plan, List<String> scripts, boolean wouldPass) {
        this(runId, target, plan, scripts, wouldPass, List.of());
    }

    /** The same with the text of its scripts. */
    public DryRunCompleted withSql(List<ScriptFile> text) {
        return new DryRunCompleted(runId, target, plan, scripts, wouldPass, text);
    }
}
