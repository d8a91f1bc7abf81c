package io.slipway.executor.apply;

import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.executor.flyway.FlywaySession;
import io.slipway.executor.flyway.PlanFlyway;
import io.slipway.executor.guard.Refused;
import io.slipway.executor.ledger.Ledger;
import io.slipway.executor.ledger.LedgerEntry;
import io.slipway.targets.Target;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.SchemaHistory;
import io.slipway.targets.ledger.StatementLedger;
import io.slipway.targets.pool.SessionRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Scripts without a transaction of which a run that ends has done a part, or taken over a part, and of which the history does not
 * tell: the next plan would begin them anew.
 */
public final class HalfScripts {
    private HalfScripts() {}

    /** Whether a run of this plan can leave any. */
    public static boolean possible(Plan plan) {
        return !loose(plan).isEmpty();
    }

    /** Those in batches go on where they were left without a row in the history. */
    private static Set<String> loose(Plan plan) {
        return plan.scripts().stream()
                .filter(script -> plan.kind() == Plan.Kind.MIGRATION && !script.transactional() && !script.batch())
                .map(PlannedScript::name)
                .collect(Collectors.toSet());
    }

    /**
     * Has the history say of them that they failed, or that they are done; true when there were any that failed.
     *
     * @throws SessionRefused when the target does not let the session be what it has to be
     * @throws Refused when the role may not read the ledger
     */
    public static boolean leave(Plan plan, RunId run, Target target, DataSource dataSource) throws SQLException {
        Set<String> loose = loose(plan);
        List<LedgerEntry> forgotten = loose.isEmpty() ? List.of() : forgotten(plan, run, loose, target, dataSource);
        if (!forgotten.isEmpty()) {
            FlywaySession.open(
                    PlanFlyway.configure(dataSource, target, plan),
                    session -> session.locked(() -> {
                        forgotten.stream()
                                .filter(entry ->
                                        !session.recorded(entry.migration().script()))
                                .forEach(entry -> record(session, entry));
                        return null;
                    }));
        }
        return !forgotten.stream().allMatch(LedgerEntry::done);
    }

    private static void record(FlywaySession session, LedgerEntry entry) {
        if (entry.done()) {
            session.record(entry.migration());
        } else {
            session.recordFailed(entry.migration());
        }
    }

    private static List<LedgerEntry> forgotten(
            Plan plan, RunId run, Set<String> loose, Target target, DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Ledger ledger =
                    Ledger.of(connection, plan.settings(), target.session().ledgerSchema());
            return forgotten(plan, run, loose, ledger, connection);
        }
    }

    private static List<LedgerEntry> forgotten(
            Plan plan, RunId run, Set<String> loose, Ledger ledger, Connection connection) throws SQLException {
        SchemaHistory history = SchemaHistory.read(connection, plan.settings());
        Set<String> told = Stream.of(history.applied(), history.repeatables(), history.failed())
                .flatMap(List::stream)
                .map(HistoryRow::script)
                .collect(Collectors.toSet());
        var statements = new StatementLedger(ledger.schema());
        List<LedgerEntry> forgotten = new ArrayList<>();
        for (LedgerEntry entry : ledger.of(connection, run)) {
            String script = entry.migration().script();
            if (loose.contains(script)
                    && !told.contains(script)
                    && (entry.done() || !statements.of(connection, run, script).isEmpty())) {
                forgotten.add(entry);
            }
        }
        return forgotten;
    }
}
