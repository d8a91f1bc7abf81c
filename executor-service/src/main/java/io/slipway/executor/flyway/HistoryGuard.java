package io.slipway.executor.flyway;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.executor.guard.HistoryRules;
import io.slipway.executor.guard.PlanPolicy;
import io.slipway.executor.guard.Refused;
import io.slipway.executor.ledger.Ledger;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.executor.ledger.RepairStore;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.flyway.TargetStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Makes sure before each script, under Flyway's lock, that nobody else has migrated the target since it was planned for.
 * Flyway's lock may be let go between two scripts, so once at the beginning would not do. Belongs to one attempt: what an attempt
 * that was rolled back had seen is not there any more.
 *
 * <p>It is one of Flyway's callbacks so that {@link LeanPostgres} finds it and tells it which rows of the history Flyway reads:
 * Flyway reads those that are new before each script, under its lock, and once is enough. Before it writes its own row it asks again,
 * and is told that there is none when the script has not touched the history.
 */
public final class HistoryGuard implements Callback {
    private final RunId run;
    private final Plan plan;
    private final Ledger ledger;
    private final Set<String> begun = new HashSet<>();
    private final Queue<org.flywaydb.core.extensibility.AppliedMigration> seen = new ArrayDeque<>();
    private boolean whole;
    private boolean nothingNew;
    private int rank;

    public HistoryGuard(PlanWork work) {
        this.run = work.run().runId();
        this.plan = work.plan();
        this.ledger = work.ledger();
    }

    /** Flyway has read this row of the history. */
    void saw(org.flywaydb.core.extensibility.AppliedMigration row) {
        seen.add(row);
    }

    /** Since Flyway has read the history last, under the lock that it still has, its script has not touched it either. */
    public void nothingNew() {
        nothingNew = true;
    }

    /** Whether Flyway's next question for new rows can be answered without asking. */
    boolean knows() {
        boolean known = nothingNew;
        nothingNew = false;
        return known;
    }

    /**
     * Lets the script pass.
     *
     * @param connection the one that Flyway's lock goes with
     * @throws Refused when the target is not what was planned for, or not any more
     */
    public void pass(Connection connection, PlannedScript script) throws SQLException {
        if (whole) {
            later(connection);
        } else {
            check(connection);
            whole = true;
        }
        begun.add(script.name());
    }

    /**
     * Lets whatever is done before the lock is let go pass.
     *
     * @param connection the one that Flyway's lock goes with
     * @throws Refused when the target is not what was planned for
     */
    public void check(Connection connection) throws SQLException {
        SchemaHistory history = SchemaHistory.read(connection, plan.settings());
        List<AppliedMigration> ours =
                ledger.of(connection, run).stream().map(LedgerEntry::migration).toList();
        boolean asPlanned = asPlanned(connection, run, plan, ledger, history, ours);
        PlanPolicy.current(plan, TargetStates.read(connection, history), asPlanned)
                .ifPresent(outdated -> {
                    throw new Refused(outdated);
                });
        rank = history.lastRank();
        seen.clear();
    }

    /**
     * Whether the history is the planned one, but for what the run itself did since.
     *
     * @param ours by the ledger
     */
    public static boolean asPlanned(
            Connection connection,
            RunId run,
            Plan plan,
            Ledger ledger,
            SchemaHistory history,
            List<AppliedMigration> ours)
            throws SQLException {
        return HistoryRules.asPlanned(plan, history, ours, Set.of())
                || !ours.isEmpty()
                        && HistoryRules.asPlanned(plan, history, ours, new RepairStore(ledger).of(connection, run));
    }

    /** Only what came since, so that a run of many scripts does not read the whole history for each. */
    private void later(Connection connection) throws SQLException {
        for (var row = seen.poll(); row != null; row = seen.poll()) {
            if (row.getInstalledRank() > rank) {
                if (!begun.remove(row.getScript()) && !ours(connection, row.getScript())) {
                    throw new Refused(PlanPolicy.overtaken(row.getScript()));
                }
                rank = row.getInstalledRank();
            }
        }
    }

    /** Also what another executor has done that was given the run while this one was taken for dead. */
    private boolean ours(Connection connection, String script) throws SQLException {
        return ledger.of(connection, run).stream()
                .anyMatch(entry -> entry.migration().script().equals(script));
    }

    @Override
    public boolean supports(Event event, Context context) {
        return false;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        throw new IllegalStateException("Flyway called back for " + event + ", unasked.");
    }

    @Override
    public String getCallbackName() {
        return "slipway-guard";
    }
}
