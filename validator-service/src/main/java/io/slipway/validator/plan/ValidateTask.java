package io.slipway.validator.plan;

import io.slipway.contracts.Verdict;
import io.slipway.eventing.Lost;
import io.slipway.eventing.task.DurableTask;
import io.slipway.validator.verdict.Judge;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;

/** Judges one plan and says so once. */
@ApplicationScoped
class ValidateTask implements DurableTask {
    private final PlannedRunStore runs;
    private final Judge judge;
    private final VerdictRecording recording;

    ValidateTask(PlannedRunStore runs, Judge judge, VerdictRecording recording) {
        this.runs = runs;
        this.judge = judge;
        this.recording = recording;
    }

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public void run(String id) throws Exception {
        Optional<PlannedRun> run = runs.undecided(id);
        if (run.isPresent()) {
            recording.record(run.get(), judge(run.get()));
        }
    }

    /** Deeply nested SQL can exhaust the stack of a parser. That is the script's fault, not a reason to try again. */
    private Verdict judge(PlannedRun run) throws Exception {
        try {
            return judge.judge(run.target(), run.plan(), run.environment());
        } catch (StackOverflowError e) {
            return judge.notJudged("its SQL is nested too deeply to be read");
        }
    }

    @Override
    public void giveUp(String id, Exception last) {
        try {
            Optional<PlannedRun> run = runs.undecided(id);
            if (run.isPresent()) {
                recording.record(run.get(), judge.notJudged(last.toString()));
            }
        } catch (SQLException e) {
            throw new Lost("The validation %s cannot be given up now.".formatted(id), e);
        }
    }
}
