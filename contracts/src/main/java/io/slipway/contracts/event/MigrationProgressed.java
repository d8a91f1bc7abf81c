package io.slipway.contracts.event;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Duration;

/**
 * How far the executor is.
 *
 * @param script the script at work
 * @param scriptIndex 1-based position of the script among {@code scripts}
 * @param statementsDone how many statements of this script have run
 * @param elapsed since the run started to execute
 */
public record MigrationProgressed(
        RunId runId,
        TargetId target,
        PlanDigest plan,
        String script,
        int scriptIndex,
        int scripts,
        int statementsDone,
        Duration elapsed)
        implements RunFact {
    public MigrationProgressed {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("script", script);
        Required.present("elapsed", elapsed);
    }
}
