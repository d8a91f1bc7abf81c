package io.slipway.executor.rollback;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlannedScript;
import io.slipway.executor.batch.Changed;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.HistoryGuard;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.flyway.StatementRunner;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.measure.Measured;
import io.slipway.executor.measure.ScriptGauge;
import io.slipway.executor.session.Sessions;
import io.slipway.executor.statement.RecordedScript;
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
        FlywaySession.open(work.flyway(), session -> new Halves(work, session).within(halves -> {
            for (PlannedScript script : work.plan().scripts()) {
                boolean again = done.contains(script.name());
                work.attempts().run(() -> {
                    if (!again) {
                        work.safePoint().pass();
                    }
                    session.locked(() -> {
                        new HistoryGuard(work).check(session.connection());
                        Duration timeout = begin(work, session, script);
                        undo(work, session, halves, script, timeout, again);
                        return null;
                    });
                });
            }
        }));
    }

    private static Duration begin(PlanWork work, FlywaySession session, PlannedScript script) throws SQLException {
        work.progress().script(script, Sessions.processId(session.connection()));
        return work.attempts().begin(script);
    }

    private static void undo(
            PlanWork work, FlywaySession session, Halves halves, PlannedScript script, Duration timeout, boolean done)
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
        } else if (script.batch()) {
            inBatches(work, session, script);
            halves.record(applied.get(), script, work.undoRow());
        } else if (parsed.executeInTransaction()) {
            session.transaction(() -> {
                var gauge = work.gauges().inTransaction(session.connection(), session.state(), timeout, false);
                var savepoints = new Savepoints(session.connection());
                Duration took =
                        execute(work, session, parsed, gauge, (sql, line, execution) -> savepoints.run(sql, execution));
                Measured measured = gauge.close();
                session.settle();
                halves.record(applied.get(), script, work.undoRow());
                var undone = undone(script, parsed, took, measured);
                work.ledger().done(session.connection(), work.run(), LedgerEntry.done(undone));
                return null;
            });
        } else {
            var intended = undone(script, parsed, Duration.ZERO, null);
            LooseUndo.announce(work, session, script, applied.get(), LedgerEntry.intended(intended));
            var loose = new RecordedScript(work, script, session.connection());
            var gauge = work.gauges().outside(session.connection(), session.state());
            Duration took = execute(work, session, parsed, gauge, loose::run);
            Measured measured = gauge.close();
            session.settle();
            var undone = undone(script, parsed, took, measured);
            work.ledger().done(session.connection(), work.run(), LedgerEntry.done(undone));
            halves.record(applied.get(), script, work.undoRow());
        }
        halves.committed(applied.get());
    }

    private static void inBatches(PlanWork work, FlywaySession session, PlannedScript script) throws SQLException {
        var nothingYet = undone(script, false, 0, null, List.of(), Duration.ZERO);
        work.ledger().intend(session.connection(), work.run(), LedgerEntry.intended(nothingYet));
        long started = System.nanoTime();
        var gauge = work.gauges().outside(session.connection(), session.state());
        Changed changed = work.batches().run(script, session.connection(), gauge);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        var undone = undone(script, false, 1, changed.rows(), changed.tables(), took)
                .with(gauge.close().figures());
        session.settle();
        work.progress().statements(1);
        work.ledger().done(session.connection(), work.run(), LedgerEntry.done(undone));
    }

    /** By another executor that was given the run while this one was taken for dead. */
    private static boolean doneMeanwhile(PlanWork work, FlywaySession session, PlannedScript script)
            throws SQLException {
        return work.ledger().of(session.connection(), work.run().runId()).stream()
                .anyMatch(entry -> entry.done() && entry.migration().script().equals(script.name()));
    }

    private static Duration execute(
            PlanWork work, FlywaySession session, SqlScript script, ScriptGauge gauge, StatementRunner runner) {
        long started = System.nanoTime();
        var done = new AtomicInteger();
        StatementRunner measured = measured(gauge, runner);
        session.execute(
                script,
                (sql, line, execution) -> {
                    try {
                        measured.run(sql, line, execution);
                    } catch (FlywayException e) {
                        throw new UndoStatementFailed(done.get() + 1, script.getSqlStatementCount(), e);
                    }
                    work.progress().statements(done.incrementAndGet());
                },
                gauge::notice);
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static StatementRunner measured(ScriptGauge gauge, StatementRunner runner) {
        return (sql, line, execution) -> {
            var tries = new AtomicInteger();
            gauge.begin(line);
            runner.run(sql, line, () -> {
                gauge.tried(tries.incrementAndGet());
                execution.run();
            });
            try {
                gauge.end(sql, null);
            } catch (SQLException e) {
                throw new FlywayException("A statement cannot be measured: " + e.getMessage(), e);
            }
        };
    }

    private static AppliedMigration undone(
            PlannedScript script, SqlScript parsed, Duration took, @Nullable Measured measured) {
        boolean transactional = parsed.executeInTransaction();
        int statements = parsed.getSqlStatementCount();
        return measured == null
                ? undone(script, transactional, statements, null, List.of(), took)
                : undone(script, transactional, statements, measured.rows(), measured.tables(), took)
                        .with(measured.figures());
    }

    private static AppliedMigration undone(
            PlannedScript script,
            boolean transactional,
            int statements,
            @Nullable Long rows,
            List<String> tables,
            Duration took) {
        return new AppliedMigration(
                script.version(),
                script.description(),
                script.name(),
                script.checksum(),
                transactional,
                statements,
                rows,
                tables,
                took);
    }
}
