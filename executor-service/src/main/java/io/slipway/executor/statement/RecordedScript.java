package io.slipway.executor.statement;

import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.Explained;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.flyway.StatementFailed;
import io.slipway.executor.lock.LooseScript;
import io.slipway.executor.session.SessionStore;
import io.slipway.executor.session.Sessions;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.Splitter;
import io.slipway.targets.ledger.StatementLedger;
import io.slipway.targets.ledger.StatementRecord;
import io.slipway.targets.ledger.StatementRecord.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * The statements of one script that runs outside a transaction: those that have run are passed over, each other one is
 * announced, run, and recorded. Belongs to the thread that executes.
 */
public final class RecordedScript {
    private final PlanWork work;
    private final PlannedScript script;
    private final Connection connection;
    private final StatementLedger ledger;
    private final LooseScript loose;
    private final Recovery recovery;
    private final List<StatementRecord> earlier;
    private final int session;
    private final Instant sessionStarted;

    /** Those that have run in a transaction which the script has opened itself and not ended yet. */
    private final List<StatementRecord> open = new ArrayList<>();

    /** Whether the transaction under way is this one's, which goes with the statement that Flyway runs. */
    private boolean lent;

    private int number;
    private Effect effect = new Effect.Repeatable();
    private @Nullable StatementRecord atWork;

    /** @param connection on which the script runs */
    public RecordedScript(PlanWork work, PlannedScript script, Connection connection) throws SQLException {
        this.work = work;
        this.script = script;
        this.connection = connection;
        this.ledger = new StatementLedger(work.ledger().schema());
        this.loose = new LooseScript(work.attempts(), script, connection);
        this.recovery = new Recovery(connection, loose);
        this.session = Sessions.processId(connection);
        ledger.create(connection);
        this.earlier = ledger.of(connection, work.run().runId(), script.name());
        this.sessionStarted = SessionStore.started(connection, session);
    }

    /**
     * Runs the next statement as often as it takes to get its locks, unless it has run.
     *
     * @param line where it begins; 0 when unknown
     * @throws FlywayException as the execution does, or because it cannot be told whether the statement has run
     */
    public void run(String sql, int line, Runnable execution) {
        try {
            if (announce(sql, line)) {
                execute(sql, execution);
                finish();
            } else if (setsSession(sql)) {
                execution.run(); // what follows relies on it, and this session has not heard it
            }
        } catch (SQLException e) {
            throw new FlywayException("A statement cannot be recorded: " + e.getMessage(), e);
        }
    }

    /** Whether Flyway has to run the statement, which alone has the data of a COPY. */
    public static boolean lends(String sql) {
        return EffectRules.copiesIn(sql);
    }

    /**
     * Prepares the next statement for Flyway to run it in one transaction with what is recorded of it; false when it has run. To be
     * followed by {@link #finish} or {@link #fail}.
     *
     * @throws FlywayException when it cannot be told whether it has run
     */
    public boolean lend(String sql, int line) throws SQLException {
        boolean left = announce(sql, line);
        lent = left && !inTransaction();
        if (lent) {
            connection.setAutoCommit(false);
        }
        return left;
    }

    /** Announces the next statement; false when it has run. */
    private boolean announce(String sql, int line) throws SQLException {
        number++;
        if (number < earlier.size()
                || number == earlier.size() && earlier.getLast().done()) {
            requireUnchanged(sql);
            return false;
        }
        boolean inside = inTransaction();
        Effect next = inside ? new Effect.Repeatable() : EffectRules.of(sql);
        String sha256 = StatementRecord.hash(sql);
        boolean atomic = next instanceof Effect.Transactional;
        if (number == earlier.size() && found(next, sha256, sql, line) == Recovery.Finding.DONE) {
            record(earlier.getLast().as(State.DONE));
            return false;
        }
        if (next instanceof Effect.BuildsIndex builds) {
            loose.waitPatiently();
            recovery.clear(builds);
        }
        effect = next;
        atWork = new StatementRecord(
                number, sha256, line, State.INTENDED, atomic, session, sessionStarted, recovery.before(next), null);
        record(atWork);
        return true;
    }

    /** What is known of an attempt that was cut off, or that failed in an earlier run. */
    private Recovery.Finding found(Effect next, String sha256, String sql, int line) throws SQLException {
        StatementRecord last = earlier.getLast();
        if (last.session() != session) {
            // That of a statement which has failed may be back in the pool by now.
            boolean idle = last.state() == State.INTENDED;
            SessionStore.end(connection, last.session(), last.sessionStarted(), idle);
        }
        loose.waitPatiently();
        boolean edited = !last.sha256().equals(sha256) && script.resumesAt() != null;
        var finding = recovery.look(edited ? new Effect.Repeatable() : next, last);
        if (finding == Recovery.Finding.UNKNOWN) {
            throw new Explained(Doubts.outcomeUnknown(
                    script, last, line, sql, next, ledger.table(), work.run().runId()));
        }
        return finding;
    }

    private static boolean setsSession(String sql) {
        return Splitter.split(sql).fragments().stream().anyMatch(Fragment::setsSession);
    }

    private void requireUnchanged(String sql) {
        Integer resumesAt = script.resumesAt();
        StatementRecord done = earlier.get(number - 1);
        if (resumesAt != null && number < resumesAt && !done.sha256().equals(StatementRecord.hash(sql))) {
            throw new Explained(Doubts.changed(script, done));
        }
    }

    private void execute(String sql, Runnable execution) throws SQLException {
        var tries = new AtomicInteger();
        try {
            loose.run(sql, () -> {
                if (tries.getAndIncrement() > 0) {
                    clear();
                }
                once(execution);
            });
        } catch (FlywayException e) {
            failed(e);
            throw e;
        }
    }

    /** Takes away what the try before has left half made. */
    private void clear() {
        try {
            recovery.clear(effect, announced().before());
        } catch (SQLException e) {
            throw new StatementFailed(announced().line(), e);
        }
    }

    private void once(Runnable execution) {
        if (!(effect instanceof Effect.Transactional)) {
            execution.run();
            return;
        }
        StatementRecord announced = announced();
        try {
            Together.run(connection, execution, () -> record(announced.as(State.DONE)));
        } catch (FlywayException e) {
            if (!Together.refused(e)) {
                throw e;
            }
            atWork = announced.alone();
            try {
                record(atWork);
            } catch (SQLException unrecorded) {
                throw new FlywayException("A statement cannot be recorded: " + unrecorded.getMessage(), unrecorded);
            }
            effect = new Effect.Unknowable(null);
            execution.run();
        }
    }

    /** What the server no longer lets us write, such as in a lost session, stays as it was announced. */
    private void failed(FlywayException failure) {
        try {
            if (connection.isClosed()) {
                return;
            }
            if (inTransaction()) {
                // Flyway knows of no transaction here and would hand the session back to the pool in the middle of it.
                try (var rollback = connection.createStatement()) {
                    rollback.execute("rollback");
                }
                return;
            }
            StatementRecord announced = announced();
            record(announced.failed(recovery.left(effect, announced.before())));
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Records that the statement which Flyway has run failed. */
    public void fail() throws SQLException {
        if (lent && !connection.isClosed()) {
            lent = false;
            connection.rollback();
            connection.setAutoCommit(true);
            record(announced().failed(List.of()));
        }
    }

    /** Records that the statement which was announced last has run. */
    public void finish() throws SQLException {
        if (lent) {
            commit();
            return;
        }
        open.add(announced());
        if (inTransaction()) {
            return;
        }
        for (StatementRecord each : open) {
            if (!each.atomic()) {
                record(each.as(State.DONE));
            }
        }
        open.clear();
    }

    /** Constraints may have been put off until then. */
    private void commit() {
        lent = false;
        try {
            Together.commit(connection, () -> record(announced().as(State.DONE)));
        } catch (FlywayException e) {
            failed(e);
            throw e;
        }
    }

    private void record(StatementRecord record) throws SQLException {
        ledger.write(connection, work.run().runId(), script.name(), record);
    }

    private StatementRecord announced() {
        return Objects.requireNonNull(atWork, "A statement is announced before it runs.");
    }

    /** Whether the script has opened a transaction itself. */
    private boolean inTransaction() throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }
}
