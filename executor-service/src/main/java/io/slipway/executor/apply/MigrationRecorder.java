package io.slipway.executor.apply;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlannedScript;
import io.slipway.executor.batch.Batches;
import io.slipway.executor.batch.Changed;
import io.slipway.executor.flyway.HistoryGuard;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.ledger.Ledger;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.lock.LockAttempts;
import io.slipway.executor.measure.Measured;
import io.slipway.executor.measure.ScriptGauge;
import io.slipway.executor.measure.ScriptLines;
import io.slipway.executor.order.Order;
import io.slipway.executor.progress.Progress;
import io.slipway.executor.session.SessionState;
import io.slipway.executor.session.Sessions;
import io.slipway.executor.stop.SafePoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.exception.FlywayBlockStatementExecutionException;
import org.jspecify.annotations.Nullable;

/** Flyway's callback of one execution: measures each script and writes it to the ledger on Flyway's own connection. */
final class MigrationRecorder implements Callback {
    private final PlanWork work;
    private final Order.Subject run;
    private final Map<String, PlannedScript> scripts;
    private final Ledger ledger;
    private final Progress progress;
    private final SafePoint safePoint;
    private final LockAttempts attempts;
    private final Batches batches;
    private final HistoryGuard guard;
    private final boolean group;
    private final List<AppliedMigration> recorded = new ArrayList<>();

    private @Nullable LooseStatements loose;
    private @Nullable Changed inBatches;
    private boolean ledgerExists;
    private @Nullable SessionState session;
    private int statements;
    private long startedNanos;
    private @Nullable ScriptGauge gauge;
    private ScriptLines lines = new ScriptLines("");

    MigrationRecorder(PlanWork work, HistoryGuard guard) {
        this.work = work;
        this.run = work.run();
        this.scripts =
                work.plan().scripts().stream().collect(Collectors.toMap(PlannedScript::name, Function.identity()));
        this.ledger = work.ledger();
        this.progress = work.progress();
        this.safePoint = work.safePoint();
        this.attempts = work.attempts();
        this.batches = work.batches();
        this.guard = guard;
        this.group = work.plan().runMode().group();
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE
                || event == Event.BEFORE_EACH_MIGRATE_STATEMENT
                || event == Event.AFTER_EACH_MIGRATE_STATEMENT
                || event == Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR
                || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "slipway-ledger";
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            switch (event) {
                case BEFORE_EACH_MIGRATE -> begin(context);
                case BEFORE_EACH_MIGRATE_STATEMENT -> beforeStatement(context);
                case AFTER_EACH_MIGRATE_STATEMENT -> afterStatement(context);
                case AFTER_EACH_MIGRATE_STATEMENT_ERROR -> failedStatement();
                case AFTER_EACH_MIGRATE -> end(context);
                default -> throw new IllegalStateException("Flyway called back for " + event + ", unasked.");
            }
        } catch (SQLException e) {
            throw new FlywayException("The executor's own statements beside the script failed: " + e.getMessage(), e);
        }
    }

    private void begin(Context context) throws SQLException {
        PlannedScript script = planned(context);
        safePoint.pass();
        statements = 0;
        Connection connection = context.getConnection();
        Duration timeout = group ? attempts.beginGroup() : attempts.begin(script);
        ScriptGauge measuring = gauge(connection, script, timeout);
        guard.pass(connection, script);
        progress.script(script, Sessions.processId(connection));
        if (!ledgerExists) {
            ledger.create(connection);
            ledgerExists = true;
        }
        if (script.transactional()) {
            loose = null;
            lines = new ScriptLines(script.sql());
        } else {
            ledger.intend(connection, run, LedgerEntry.intended(migration(script, null, List.of(), Duration.ZERO)));
            loose = script.batch() ? null : new LooseStatements(work, script, connection, measuring);
        }
        startedNanos = System.nanoTime();
        // Not in place of the statement: what fails here leaves no failed row in Flyway's history, and the next run
        // goes on.
        inBatches = script.batch() ? batches.run(script, connection, measuring) : null;
    }

    /** Makes the session what it was before the first script, in the round trip of the first reading. */
    private ScriptGauge gauge(Connection connection, PlannedScript script, Duration timeout) throws SQLException {
        if (session == null) {
            session = SessionState.read(connection);
        }
        gauge = script.transactional()
                ? work.gauges().inTransaction(connection, session, timeout, group)
                : work.gauges().outside(connection, session);
        return gauge;
    }

    private void beforeStatement(Context context) throws SQLException {
        if (inBatches != null
                || loose != null && loose.run(context.getStatement().getSql())) {
            progress.statements(++statements);
            throw new FlywayBlockStatementExecutionException(
                    new ErrorDetails(CoreErrorCode.ERROR, "It has run."), "It has run.");
        }
        if (loose == null) {
            measuring().begin(lines.next(context.getStatement().getSql()));
            measuring().tried(1);
        }
    }

    private void afterStatement(Context context) throws SQLException {
        var statement = context.getStatement();
        statement.getWarnings().forEach(said -> measuring().notice(said.getMessage()));
        if (loose != null) {
            loose.ran(statement.getSql());
        } else {
            measuring().end(statement.getSql(), null);
        }
        progress.statements(++statements);
    }

    private void failedStatement() throws SQLException {
        if (loose != null) {
            loose.failed();
        }
    }

    private void end(Context context) throws SQLException {
        PlannedScript script = planned(context);
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        Connection connection = context.getConnection();
        Measured measured = measuring().close();
        if (session != null && !session.equals(measured.session())) {
            session.restore(connection);
        }
        if (!measured.history()) {
            guard.nothingNew();
        }
        AppliedMigration migration = inBatches == null
                ? migration(script, measured.rows(), measured.tables(), took)
                : migration(script, inBatches.rows(), inBatches.tables(), took);
        AppliedMigration done = migration.with(measured.figures());
        ledger.done(connection, run, LedgerEntry.done(done));
        recorded.add(done);
    }

    /** What it has written to the ledger; all of it is committed once Flyway has come to its end. */
    List<AppliedMigration> recorded() {
        return List.copyOf(recorded);
    }

    private ScriptGauge measuring() {
        return Objects.requireNonNull(gauge, "A script begins before its statements.");
    }

    private AppliedMigration migration(PlannedScript script, @Nullable Long rows, List<String> tables, Duration took) {
        return new AppliedMigration(
                script.version(),
                script.description(),
                script.name(),
                script.checksum(),
                script.transactional(),
                statements,
                rows,
                tables,
                took.truncatedTo(ChronoUnit.MILLIS)); // as the ledger keeps it
    }

    private PlannedScript planned(Context context) {
        String name = context.getMigrationInfo().getScript();
        PlannedScript script = scripts.get(name);
        if (script == null) {
            throw new FlywayException("Flyway is about to run '%s', which is not in the plan.".formatted(name));
        }
        return script;
    }
}
