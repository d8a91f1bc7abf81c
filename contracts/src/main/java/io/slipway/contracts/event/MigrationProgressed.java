package io.slipway.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Blocker;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the executor is.
 *
 * @param script the script at work
 * @param scriptIndex 1-based position of the script among {@code scripts}
 * @param statementsDone how many statements of this script have run
 * @param elapsed since the run started to execute
 * @param statements how many statements the script has; absent where that is not known
 * @param phase what PostgreSQL is doing inside the statement, in its own words; absent where it does not tell. Of a script in
 *     batches {@code batch}, or why the next one does not begin
 * @param percent how much of that phase is done, 0 to 100; of a script in batches, how far it is through the table; absent
 *     where that is not known
 * @param attempt which attempt to get a lock is under way, from 1; absent while no lock is waited for
 * @param waited since the first of these attempts began to wait; absent while no lock is waited for
 * @param blockedBy the sessions in the way, as last seen; at most 10
 * @param batches how many batches of the script are committed; absent for others
 * @param rows how many rows these changed
 */
public record MigrationProgressed(
        RunId runId,
        TargetId target,
        PlanDigest plan,
        String script,
        int scriptIndex,
        int scripts,
        int statementsDone,
        Duration elapsed,
        @Nullable Integer statements,
        @Nullable String phase,
        @Nullable Integer percent,
        @Nullable Integer attempt,
        @Nullable Duration waited,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Blocker> blockedBy,
        @Nullable Integer batches,
        @Nullable Long rows)
        implements RunFact {
    public MigrationProgressed {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("plan", plan);
        Required.present("script", script);
        Required.present("elapsed", elapsed);
        blockedBy = List.copyOf(blockedBy);
    }

    /** Where neither a lock is waited for nor PostgreSQL tells more. */
    public MigrationProgressed(
            RunId runId,
            TargetId target,
            PlanDigest plan,
            String script,
            int scriptIndex,
            int scripts,
            int statementsDone,
            Duration elapsed) {
        this(
                runId,
                target,
                plan,
                script,
                scriptIndex,
                scripts,
                statementsDone,
                elapsed,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }
}
