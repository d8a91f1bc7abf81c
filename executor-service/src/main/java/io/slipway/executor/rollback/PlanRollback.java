package io.slipway.executor.rollback;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.ledger.RowCounts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.resource.StringResource;
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
        FlywaySession.open(work.flyway(), session -> {
            for (PlannedScript script : work.plan().scripts()) {
                boolean again = done.contains(script.name());
                if (!again) {
                    work.safePoint().pass();
                }
                work.progress().script(script);
                session.locked(() -> {
                    undo(work, session, script, again);
                    return null;
                });
            }
        });
    }

    private static void undo(PlanWork work, FlywaySession session, PlannedScript script, boolean done)
            throws SQLException {
        String version = Objects.requireNonNull(script.version(), "An undo script has a version.")
                .value();
        var applied = session.applied(version);
        if (applied.isEmpty()) {
            if (done) {
                return;
            }
            throw new FlywayException(
                    "Version %s is no longer applied: someone else has taken it back.".formatted(version));
        }
        work.ledger().create(session.connection());
        SqlScript parsed = session.parse(new StringResource(script.sql()));
        if (done) { // without a transaction, cut off between its end and the history row
            session.recordUndone(applied.get());
        } else if (parsed.executeInTransaction()) {
            session.transaction(() -> {
                RowCounts before = RowCounts.read(session.connection());
                Duration took = execute(session, parsed);
                RowCounts rows = RowCounts.read(session.connection()).since(before);
                session.recordUndone(applied.get());
                var undone = undone(script, parsed, rows, took);
                work.ledger().done(session.connection(), work.run(), LedgerEntry.done(undone));
                return null;
            });
        } else {
            var intended = undone(script, parsed, null, Duration.ZERO);
            work.ledger().intend(session.connection(), work.run(), LedgerEntry.intended(intended));
            Duration took = execute(session, parsed);
            var undone = undone(script, parsed, null, took);
            work.ledger().done(session.connection(), work.run(), LedgerEntry.done(undone));
            session.recordUndone(applied.get());
        }
    }

    private static Duration execute(FlywaySession session, SqlScript script) {
        long started = System.nanoTime();
        session.execute(script);
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
