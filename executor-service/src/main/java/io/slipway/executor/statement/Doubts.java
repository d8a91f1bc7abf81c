package io.slipway.executor.statement;

import io.slipway.contracts.Failure;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.targets.ledger.StatementRecord;
import io.slipway.targets.session.QueryExcerpt;

/** Puts into words why a script cannot go on at a statement. */
final class Doubts {
    private Doubts() {}

    static Failure outcomeUnknown(
            PlannedScript script,
            StatementRecord record,
            int line,
            String sql,
            Effect effect,
            String ledger,
            RunId run) {
        String query = effect instanceof Effect.Unknowable(var known) && known != null
                ? known
                : "select * from %s where run_id = '%s' and script = '%s' and statement = %d"
                        .formatted(ledger, run, script.name().replace("'", "''"), record.number());
        return new Failure(
                "OUTCOME_UNKNOWN",
                "Statement %d of %s, line %d, was cut off, and PostgreSQL cannot tell whether it took effect: %s"
                        .formatted(record.number(), script.name(), line, QueryExcerpt.of(sql)),
                "Look at what it changes (%s). Then request it again with 'resume', which begins with this statement; if it has taken effect, put 'select 1;' in its place."
                        .formatted(query),
                null,
                script.name(),
                line);
    }

    static Failure changed(PlannedScript script, StatementRecord done) {
        return new Failure(
                "RESUME_CHANGED",
                "Statement %d of %s has run with another text than the plan has."
                        .formatted(done.number(), script.name()),
                "Restore the statements that have run; only the one that failed and those after it may change.",
                null,
                script.name(),
                done.line());
    }
}
