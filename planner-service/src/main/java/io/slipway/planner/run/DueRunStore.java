package io.slipway.planner.run;

import io.slipway.contracts.RunId;
import io.slipway.planner.PlannerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What time does to runs: which are due to be looked at, which have expired, which are forgotten. */
@ApplicationScoped
class DueRunStore {
    private static final String EXPIRED = """
            select id from run
            where not ended and expires_at <= ? and state in ('QUEUED', 'PLANNING', 'VALIDATING', 'CLEARING', 'HELD')
            order by expires_at limit ?
            """;
    private static final String HELD =
            "select id from run where state = 'HELD' and look_at <= ? order by look_at limit ?";
    private static final String LOOK_AT = "update run set look_at = ?, revision = revision + 1 where id = ?";
    private static final String LOOK_LATER = "update run set look_at = ? where id = ?";
    private static final String PRUNE = """
            with gone as (delete from run where ended and changed_at < ?)
            delete from request
            where received_at < ?
              and not exists (select from run where run.id = request.run and (not run.ended or run.changed_at >= ?))
            """;

    private final RunTable table;
    private final Clock clock;
    private final Duration lookEvery;

    DueRunStore(RunTable table, Clock clock, PlannerConfig config) {
        this.table = table;
        this.clock = clock;
        this.lookEvery = config.gates().lookEvery();
    }

    /** Runs that nobody has released in time. */
    List<RunId> expired(Instant now, int most) {
        return table.ask(EXPIRED, DueRunStore::ids, RunTable.time(now), most);
    }

    /** Held runs whose time to be looked at has come. */
    List<RunId> held(Instant now, int most) {
        return table.ask(HELD, DueRunStore::ids, RunTable.time(now), most);
    }

    /** Something came that a held run may have waited for. */
    void lookAt(RunId id, Instant at) {
        table.change(LOOK_AT, RunTable.time(at), id.value());
    }

    /** Nothing has come yet. */
    void lookLater(Run.Held run) {
        table.change(LOOK_LATER, RunTable.time(nextLook(run)), run.ticket().id().value());
    }

    /** At the time for which the run waits, and now and then before, since policy may change. */
    Instant nextLook(Run.Held run) {
        Instant now = clock.instant();
        Instant latest = now.plus(lookEvery);
        Instant until = run.why().until();
        return until != null && until.isAfter(now) && until.isBefore(latest) ? until : latest;
    }

    /** Forgets what ended before that time. */
    void prune(Instant before) {
        table.change(PRUNE, RunTable.time(before), RunTable.time(before), RunTable.time(before));
    }

    private static List<RunId> ids(ResultSet rows) throws SQLException {
        List<RunId> ids = new ArrayList<>();
        while (rows.next()) {
            ids.add(RunId.of(rows.getString(1)));
        }
        return ids;
    }
}
