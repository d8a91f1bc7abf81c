package io.slipway.executor.batch;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.executor.ledger.Ledger;
import io.slipway.executor.lock.LockAttempts;
import io.slipway.executor.measure.ScriptGauge;
import io.slipway.executor.progress.Progress;
import io.slipway.targets.flyway.SchemaHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The scripts of one execution that run in batches. Belongs to the thread that executes. */
public final class Batches {
    private final RunId run;
    private final Plan plan;
    private final BatchStore store;
    private final Progress progress;
    private final LockAttempts attempts;
    private final BatchConfig config;
    private @Nullable BatchLoop loop;

    public Batches(RunId run, Plan plan, Ledger ledger, Progress progress, LockAttempts attempts, BatchConfig config) {
        this.run = run;
        this.plan = plan;
        this.store = new BatchStore(ledger);
        this.progress = progress;
        this.attempts = attempts;
        this.config = config;
    }

    /**
     * Why the plan is not to begin: before its first script, since what comes before a script that cannot run would be
     * applied for nothing.
     */
    public static Optional<Failure> refusal(Plan plan, Ledger ledger, Connection connection) throws SQLException {
        if (plan.scripts().stream().noneMatch(PlannedScript::batch)) {
            return Optional.empty();
        }
        SchemaHistory history = SchemaHistory.read(connection, plan.settings());
        for (PlannedScript script : plan.scripts()) {
            if (script.batch()) {
                Optional<Failure> refusal =
                        switch (MarkedScript.read(plan, script)) {
                            case MarkedScript.Unfit(var failure) -> Optional.of(failure);
                            case MarkedScript.Ready ready ->
                                new BatchStore(ledger)
                                        .unfinished(connection, script.name())
                                        .filter(left -> counts(left, script, history))
                                        .flatMap(left -> changed(left, ready));
                        };
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Runs a script to its end, from where it was left.
     *
     * @param connection in auto-commit mode
     * @return what it changed, in this and in earlier attempts
     * @throws org.flywaydb.core.api.FlywayException when a batch fails, in which case those before it stay; when it is to stop,
     *     or must not begin
     */
    public Changed run(PlannedScript script, Connection connection, ScriptGauge gauge) throws SQLException {
        MarkedScript.Ready ready =
                switch (MarkedScript.read(plan, script)) {
                    case MarkedScript.Ready found -> found;
                    case MarkedScript.Unfit(var failure) -> throw new BatchHalted(failure);
                };
        if (!connection.getAutoCommit()) {
            throw new IllegalStateException(
                    "%s runs in batches, and is inside a transaction.".formatted(script.name()));
        }
        KeyStore keys = new KeyStore(ready.batch());
        if (!keys.sound(connection)) {
            throw new BatchHalted(unsound(script, ready));
        }
        BatchState begun = begin(script, ready, keys, connection);
        gauge.begin(ready.batch().line());
        var running = new BatchLoop(ready.batch(), keys, store, progress, attempts, gauge, config, begun);
        loop = running;
        BatchState done = running.run(connection);
        loop = null;
        gauge.end(ready.batch().sql(), done.rows() - begun.rows());
        return new Changed(keys.table(connection), done.rows());
    }

    private BatchState begin(PlannedScript script, MarkedScript.Ready ready, KeyStore keys, Connection connection)
            throws SQLException {
        store.create(connection);
        SchemaHistory history = SchemaHistory.read(connection, plan.settings());
        Optional<BatchState> left = store.unfinished(connection, script.name());
        if (left.isPresent() && counts(left.get(), script, history)) {
            changed(left.get(), ready).ifPresent(failure -> {
                throw new BatchHalted(failure);
            });
            store.takeOver(connection, left.get(), run);
            return left.get().in(run);
        }
        if (left.isPresent()) {
            store.forget(connection, left.get());
        }
        int rank = history.rows().isEmpty() ? 0 : history.rows().getLast().installedRank();
        var fresh = new BatchState(
                run, script.name(), ready.digest(), rank, keys.first(connection), keys.last(connection), null, 0, 0);
        store.begin(connection, fresh);
        return fresh;
    }

    /**
     * Whether what was left of a script is still so: something was done, and nobody has brought the script to its end in another
     * way since, such as with plain Flyway. It may have been taken back then, and has to begin at the first row. Of an undo script the
     * history has the version only.
     */
    private static boolean counts(BatchState left, PlannedScript script, SchemaHistory history) {
        return left.batches() > 0
                && history.rows().stream()
                        .filter(row -> row.installedRank() > left.historyRank())
                        .noneMatch(row -> script.kind() == PlannedScript.Kind.UNDO
                                ? Objects.equals(row.version(), script.version())
                                : row.script().equals(left.script()));
    }

    /** Whether the script at work has changed something that stays. */
    public boolean begun() {
        return loop != null && loop.state().batches() > 0;
    }

    /** The failure of the script at work, with how far it is; that of any other as it is. */
    public Failure explain(Throwable cause, Failure failure) {
        Failure why = BatchHalted.in(cause).orElse(failure);
        if (loop == null) {
            return why;
        }
        BatchState state = loop.state();
        boolean begun = state.batches() > 0;
        String message = "%s. %d batches of %s are done, %d rows changed."
                .formatted(sentence(why.message()), state.batches(), state.script(), state.rows());
        String remedy = why.remedy()
                + " What is done stays: requested again, the script goes on behind it as long as its statement is the same.";
        return new Failure(
                why.code(),
                begun ? message : why.message(),
                begun ? remedy : why.remedy(),
                why.sqlState(),
                state.script(),
                loop.line());
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** The old statement has changed some rows already; whether the new one may change them again, only a person knows. */
    private static Optional<Failure> changed(BatchState left, MarkedScript.Ready now) {
        if (left.statement().equals(now.digest())) {
            return Optional.empty();
        }
        return Optional.of(new Failure(
                "BATCH_CHANGED",
                "%d batches of %s were done by another statement, in run %s."
                        .formatted(left.batches(), left.script(), left.run()),
                ("Bring the statement back. Or let the new one begin at the first row: delete from slipway_ledger_batch where script = '%1$s'."
                                + " Or behind the last one: update slipway_ledger_batch set statement = '%2$s' where script = '%1$s' and run_id = '%3$s'.")
                        .formatted(left.script().replace("'", "''"), now.digest(), left.run()),
                null,
                left.script(),
                now.batch().line()));
    }

    private static Failure unsound(PlannedScript script, MarkedScript.Ready ready) {
        return new Failure(
                "BATCH_UNFIT",
                "%s of %s is not NOT NULL with a unique index any more, as it was when the plan was validated."
                        .formatted(ready.batch().key(), ready.batch().table()),
                "Bring them back, or choose another key, then request the migration again.",
                null,
                script.name(),
                ready.batch().line());
    }
}
