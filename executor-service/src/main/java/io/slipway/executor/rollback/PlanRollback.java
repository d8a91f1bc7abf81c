package io.slipway.executor.rollback;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.HistoryGuard;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.flyway.Sessions;
import io.slipway.executor.flyway.StatementRunner;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.ledger.RowCounts;
import io.slipway.executor.lock.LockTimeout;
import io.slipway.executor.statement.RecordedScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.jspecify.annotations.Nullable;

/**
 * Runs the undo scripts of a plan, newest version first, each with its history row and its ledger row in one transaction
 * where the script allows one. Called again for a run that was cut off, it passes over what is done.
 */
public final class PlanRollback {
    private PlanRollback() {}

    /**
     * Undoes what is still applied of the plan.
     *
     * @param earlier what an attempt of the same run that was cut off has undone
     * @throws FlywayException when a script fails or the session is lost
     */
    public static void undo(PlanWork work, List<AppliedMigration> earlier) {
        Set<String> done = earlier.stream().map(AppliedMigration::script).collect(Collectors.toSet());
        FlywaySession.open(work.flyway(), session -> new Halves(session).within(halves -> {
            for (PlannedScript script : work.plan().scripts()) {
                boolean again = done.contains(script.name());
                work.attempts().run(() -> {
                    if (!again) {
                        work.safePoint().pass();
                    }
                    session.locked(() -> {
                        new HistoryGuard(work).pass(session.connection(), script);
                        begin(work, session, script);
                        undo(work, session, halves, script, again);
                        return null;
                    });
                });
            }
        }));
    }

    private static void begin(PlanWork work, FlywaySession session, PlannedScript script) throws SQLException {
        Connection connection = session.connection();
        work.progress().script(script, Sessions.processId(connection));
        Duration timeout = work.attempts().begin(script);
        if (script.transactional()) {
            LockTimeout.set(connection, timeout);
        }
    }

    private static void undo(PlanWork work, FlywaySession session, Halves halves, PlannedScript script, boolean done)
            throws SQLException {
        String version = Objects.requireNonNull(script.version(), "An undo script has a version.")
                .value();
        var applied = session.applied(version);
        if (applied.isEmpty()) {
            if (done || doneMeanwhile(work, session, script)) {
                return;
            }
            throw new FlywayException(
                    "Version %s is no longer applied: someone else has taken it back.".formatted(version));
        }
        work.ledger().create(session.connection());
        SqlScript parsed = session.parse(script);
        if (done) { // without a transaction, cut off between its end and the history row
            halves.record(applied.get(), script, work.undoRow());
        } else if (parsed.executeInTransaction()) {
            session.transaction(() -> {
                RowCounts before = RowCounts.read(session.connection());
                var savepoints = new Savepoints(session.connection());
                Duration took =
                        execute(work, session, parsed, (sql, line, execution) -> savepoints.run(sql, execution));
                RowCounts rows = RowCounts.read(session.connection()).since(before);
                halves.record(applied.get(), script, work.undoRow());
                var undone = undone(script, parsed, rows, took);
                work.ledger().done(session.connection(), work.run(), LedgerEntry.done(undone));
                return null;
            });
        } else {
            var intended = undone(script, parsed, null, Duration.ZERO);
            work.ledger().intend(session.connection(), work.run(), LedgerEntry.intended(intended));
            var loose = new RecordedScript(work, script, session.connection());
            Duration took = execute(work, session, parsed, loose::run);
            var undone = undone(script, parsed, null, took);
            work.ledger().done(session.connection(), work.run(), LedgerEntry.done(undone));
            halves.record(applied.get(), script, work.undoRow());
        }
    }

    /** By another executor that was given the run while this one was taken for dead. */
    private static boolean doneMeanwhile(PlanWork work, FlywaySession session, PlannedScript script)
            throws SQLException {
        return work.ledger().of(session.connection(), work.run().runId()).stream()
                .anyMatch(entry -> entry.done() && entry.migration().script().equals(script.name()));
    }

    private static Duration execute(PlanWork work, FlywaySession session, SqlScript script, StatementRunner runner)
            throws SQLException {
        long started = System.nanoTime();
        var done = new AtomicInteger();
        session.execute(script, (sql, line, execution) -> {
            try {
                runner.run(sql, line, execution);
            } catch (FlywayException e) {
                throw new UndoStatementFailed(done.get() + 1, script.getSqlStatementCount(), e);
            }
            work.progress().statements(done.incrementAndGet());
        });
        session.settle();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static AppliedMigration undone(
            PlannedScript script, SqlScript parsed, @Nullable RowCounts rows, Duration took) {
        return new AppliedMigration(
                script.version(),
                script.description(),
                script.name(),
                script.checksum(),
                parsed.executeInTransaction(),
                parsed.getSqlStatementCount(),
                rows == null ? null : rows.rows(),
                rows == null ? List.of() : rows.tables(),
                took);
    }
}
