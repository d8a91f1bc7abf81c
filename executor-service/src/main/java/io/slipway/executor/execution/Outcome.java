package io.slipway.executor.execution;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Failure;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.StateLeft;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.guard.PlanPolicy;
import io.slipway.executor.guard.Refused;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.order.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/** How a plan's execution ended: what is done, by the ledger in the target; what is left of the rest; and why it stopped. */
record Outcome(PlanWork work, DataSource dataSource) {

    /** The scripts that are done. */
    static List<AppliedMigration> done(List<LedgerEntry> entries) {
        return entries.stream()
                .filter(LedgerEntry::done)
                .map(LedgerEntry::migration)
                .toList();
    }

    /** Of a run that is not to go on from where an earlier attempt at it has ended. */
    static Execution.Stopped outdated(List<LedgerEntry> earlier, Failure why) {
        List<AppliedMigration> done = done(earlier);
        return new Execution.Stopped(done, why, left(done, Optional.empty()));
    }

    /** Once there is nothing more to do. */
    Execution completed(List<AppliedMigration> done) {
        return doneByOthers(done)
                .<Execution>map(script ->
                        new Execution.Stopped(done, PlanPolicy.overtaken(script), left(done, Optional.empty())))
                .orElseGet(() -> new Execution.Completed(done));
    }

    /** What Flyway found done although this run has not done it. */
    private Optional<String> doneByOthers(List<AppliedMigration> done) {
        Set<String> ours = done.stream().map(AppliedMigration::script).collect(Collectors.toSet());
        return work.plan().scripts().stream()
                .map(PlannedScript::name)
                .filter(script -> !ours.contains(script))
                .findFirst();
    }

    /**
     * Once something has stopped it.
     *
     * @throws FlywayException the same, when the session was lost and the outcome has to be looked up
     */
    Execution stopped(FlywayException e) throws SQLException {
        Optional<PlannedScript> begun = work.progress().script();
        Optional<Order.Stop> stop = work.safePoint().stop(SqlFailure.cancelled(e));
        if (stop.isPresent()) {
            List<AppliedMigration> done = read();
            StateLeft left = leftOf(done, cutOff(begun, done));
            // What a script in batches has left needs nobody to look at it.
            var asked = Execution.asked(stop.get(), done, work.batches().begun() ? StateLeft.PARTLY_APPLIED : left);
            return new Execution.Stopped(done, work.batches().explain(e, asked.failure()), left);
        }
        if (SqlFailure.infrastructure(e)) {
            throw e;
        }
        List<AppliedMigration> done = read();
        Optional<PlannedScript> script = cutOff(begun, done);
        Optional<Refused> refused = SqlFailure.find(e, Refused.class);
        if (refused.isPresent()) {
            return new Execution.Stopped(done, refused.get().failure(), left(done, Optional.empty()));
        }
        Failure failure = SqlFailure.of(e, script.map(PlannedScript::name).orElse(null));
        return new Execution.Stopped(done, explained(script, e, failure), leftOf(done, script));
    }

    private static Optional<PlannedScript> cutOff(Optional<PlannedScript> begun, List<AppliedMigration> done) {
        return begun.filter(
                last -> done.stream().noneMatch(each -> each.script().equals(last.name())));
    }

    /** Says who was in the way, and how to go on. */
    private Failure explained(Optional<PlannedScript> at, FlywayException e, Failure failure) {
        Failure waited = work.attempts().lockWait().explain(failure);
        if (at.filter(script -> !script.transactional() && !script.batch()).isEmpty()) {
            return work.batches().explain(e, waited);
        }
        return Execution.resumable(waited);
    }

    /** A script in batches of which none is done has left nothing. */
    private StateLeft leftOf(List<AppliedMigration> done, Optional<PlannedScript> failed) {
        return left(
                done, failed.filter(script -> !script.batch() || work.batches().begun()));
    }

    private static StateLeft left(List<AppliedMigration> done, Optional<PlannedScript> failed) {
        if (failed.isPresent() && !failed.get().transactional()) {
            return StateLeft.INTERRUPTED;
        }
        return done.isEmpty() ? StateLeft.UNCHANGED : StateLeft.PARTLY_APPLIED;
    }

    /** What the ledger says to be done. */
    List<AppliedMigration> read() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return done(work.ledger().of(connection, work.run().runId()));
        }
    }
}
