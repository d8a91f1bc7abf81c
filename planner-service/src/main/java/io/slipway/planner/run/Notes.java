package io.slipway.planner.run;

import io.slipway.contracts.Backup;
import io.slipway.contracts.Plan;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run's row keeps of facts, for callers and for later steps; absent means that what was kept stays. */
record Notes(
        @Nullable Planned plan,
        @Nullable Verdict verdict,
        @Nullable Backup backup,
        @Nullable RunFact progress,
        @Nullable RunEnded ending) {
    static final Notes NONE = new Notes(null, null, null, null, null);

    /** Of the fact that was heard and of those that follow from it. */
    static Notes of(Signal signal, List<RunFact> facts) {
        Notes notes = signal instanceof Signal.Heard(RunFact fact) ? NONE.with(fact) : NONE;
        for (RunFact fact : facts) {
            notes = notes.with(fact);
        }
        return notes;
    }

    private Notes with(RunFact fact) {
        if (fact instanceof MigrationPlanned planned) {
            return new Notes(new Planned(planned.plan(), planned.estimate()), verdict, backup, progress, ending);
        }
        if (fact instanceof RollbackPlanned planned) {
            return new Notes(new Planned(planned.plan(), planned.estimate()), verdict, backup, progress, ending);
        }
        if (fact instanceof ValidationPassed passed) {
            return new Notes(plan, passed.verdict(), backup, progress, ending);
        }
        if (fact instanceof ValidationFailed failed) {
            return new Notes(plan, failed.verdict(), backup, progress, ending);
        }
        if (fact instanceof BackupCompleted completed) {
            return new Notes(plan, verdict, completed.backup(), progress, ending);
        }
        if (fact instanceof MigrationStarted || fact instanceof MigrationProgressed) {
            return new Notes(plan, verdict, backup, fact, ending);
        }
        return fact instanceof RunEnded ended ? new Notes(plan, verdict, backup, progress, ended) : this;
    }

    /**
     * @param estimate how long the plan will take, absent when nobody knows
     */
    record Planned(Plan plan, @Nullable Duration estimate) {}
}
