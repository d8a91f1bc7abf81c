package io.slipway.executor.apply;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.HistoryGuard;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.flyway.SessionState;
import io.slipway.executor.flyway.Sessions;
import io.slipway.executor.ledger.Ledger;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.ledger.RowCounts;
import io.slipway.executor.lock.LockAttempts;
import io.slipway.executor.lock.LockTimeout;
import io.slipway.executor.order.Order;
import io.slipway.executor.progress.Progress;
import io.slipway.executor.stop.SafePoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private final Order.Subject run;
    private final Map<String, PlannedScript> scripts;
    private final Ledger ledger;
    private final Progress progress;
    private final SafePoint safePoint;
    private final LockAttempts attempts;
    private final HistoryGuard guard;
    private final boolean group;

    private @Nullable LooseStatements loose;
    private boolean ledgerExists;
    private @Nullable SessionState session;
    private int statements;
    private long startedNanos;
    private RowCounts before = new RowCounts(Map.of());

    MigrationRecorder(PlanWork work) {
        this.run = work.run();
        this.scripts =
                work.plan().scripts().stream().collect(Collectors.toMap(PlannedScript::name, Function.identity()));
        this.ledger = work.ledger();
        this.progress = work.progress();
        this.safePoint = work.safePoint();
        this.attempts = work.attempts();
        this.guard = new HistoryGuard(work);
        this.group = work.plan().runMode().group();
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE
                || event == Event.BEFORE_EACH_MIGRATE_STATEMENT
                || event == Event.AFTER_EACH_MIGRATE_STATEMENT
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
                case AFTER_EACH_MIGRATE_STATEMENT -> progress.statements(++statements);
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
        session = settled(connection, session);
        guard.pass(connection, script);
        progress.script(script, Sessions.processId(connection));
        Duration timeout = group ? attempts.beginGroup() : attempts.begin(script);
        if (!ledgerExists) {
            ledger.create(connection);
            ledgerExists = true;
        }
        if (script.transactional()) {
            LockTimeout.set(connection, timeout);
            loose = null;
            before = RowCounts.read(connection);
        } else {
            ledger.intend(connection, run, LedgerEntry.intended(migration(script, null, Duration.ZERO)));
            loose = new LooseStatements(attempts, script, connection);
        }
        startedNanos = System.nanoTime();
    }

    /** The session as it was before the first script. */
    private static SessionState settled(Connection connection, @Nullable SessionState before) throws SQLException {
        if (before == null) {
            return SessionState.read(connection);
        }
        before.restore(connection);
        return before;
    }

    private void beforeStatement(Context context) throws SQLException {
        if (loose != null && loose.run(context.getStatement().getSql())) {
            progress.statements(++statements);
            throw new FlywayBlockStatementExecutionException(
                    new ErrorDetails(CoreErrorCode.ERROR, "It has run."), "It has run.");
        }
    }

    private void end(Context context) throws SQLException {
        PlannedScript script = planned(context);
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        Connection connection = context.getConnection();
        session = settled(connection, session);
        RowCounts rows = script.transactional() ? RowCounts.read(connection).since(before) : null;
        ledger.done(connection, run, LedgerEntry.done(migration(script, rows, took)));
    }

    private AppliedMigration migration(PlannedScript script, @Nullable RowCounts rows, Duration took) {
        return new AppliedMigration(
                script.version(),
                script.description(),
                script.name(),
                script.checksum(),
                script.transactional(),
                statements,
                rows == null ? null : rows.rows(),
                rows == null ? List.of() : rows.tables(),
                took);
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
