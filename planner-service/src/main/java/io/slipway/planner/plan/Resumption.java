package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.PlannedScript;
import io.slipway.targets.ledger.StatementRecord;
import java.util.List;
import java.util.Optional;

/** Where a script goes on that failed half-way. */
sealed interface Resumption {
    /**
     * @param statement from 1; one more than there are when all have run
     * @param statements how many the script has
     */
    record At(int statement, int statements) implements Resumption {
        String words(PlannedScript script) {
            return "%s goes on at statement %d of %d; those before it have run and are passed over."
                    .formatted(script.name(), statement, statements);
        }
    }

    record Refused(Failure failure) implements Resumption {}

    /**
     * @param script as it would run from its beginning
     * @param statements the script's, as Flyway sends them
     * @param recorded what the ledger has of the attempt that failed, by place; absent when it does not know of one
     */
    static Resumption of(PlannedScript script, List<String> statements, Optional<List<StatementRecord>> recorded) {
        if (recorded.isEmpty()) {
            return refused(
                    "RESUME_UNKNOWN",
                    script,
                    0,
                    "%s failed half-way, but the ledger of the target does not say how far it came."
                            .formatted(script.name()),
                    "Remove what it left behind, run 'flyway repair', and request it without 'resume'.");
        }
        if (script.transactional()) {
            return refused(
                    "RESUME_CHANGED",
                    script,
                    0,
                    "%s ran without a transaction when it failed, and would run in one now.".formatted(script.name()),
                    "Keep it without a transaction: part of it is done and cannot be taken back with the rest.");
        }
        List<StatementRecord> records = recorded.get();
        int at = StatementRecord.resumesAt(records);
        for (StatementRecord done : records.subList(0, at - 1)) {
            if (done.number() > statements.size()
                    || !StatementRecord.hash(statements.get(done.number() - 1)).equals(done.sha256())) {
                return refused(
                        "RESUME_CHANGED",
                        script,
                        done.line(),
                        "Statement %d of %s (line %d when it ran) has run and is another one now."
                                .formatted(done.number(), script.name(), done.line()),
                        "Restore the first %d statements as they ran; only what follows them may change."
                                .formatted(at - 1));
            }
        }
        return new At(at, statements.size());
    }

    /**
     * Of an undo script that has another name than the one that stopped: the ledger counts by names.
     *
     * @param script as it would run from its beginning
     * @param half the name of the one that stopped
     */
    static Resumption renamed(PlannedScript script, String half) {
        return refused(
                "RESUME_CHANGED",
                script,
                0,
                "Half of version %s was taken back by %s, and it is %s that would go on."
                        .formatted(script.version(), half, script.name()),
                "Give it its name back; or request it without 'resume', with a script of the statements that are left.");
    }

    /**
     * Of a script whose way back has begun: what its ledger calls done may be gone again.
     *
     * @param undo the name of the script that has
     */
    static Resumption takenBack(PlannedScript script, String undo) {
        return refused(
                "RESUME_UNKNOWN",
                script,
                0,
                "%s failed half-way, and %s has taken back a part of what it did.".formatted(script.name(), undo),
                "Go on with the way back: request that rollback again with 'resume'. Then request this without it.");
    }

    private static Refused refused(String code, PlannedScript script, int line, String message, String remedy) {
        return new Refused(new Failure(code, message, remedy, null, script.name(), line));
    }
}
