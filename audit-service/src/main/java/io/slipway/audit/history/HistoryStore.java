package io.slipway.audit.history;

import io.slipway.audit.jdbc.Query;
import io.slipway.audit.jdbc.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what was done to a target out of the projected runs and migrations. */
@ApplicationScoped
class HistoryStore {
    /** Pages hold whole runs, so that a run's migrations are never torn apart. */
    private static final String RUNS = """
            select id from run
            where target = ? and ended_at is not null
                and (outcome in ('APPLIED', 'ROLLED_BACK', 'RESTORED', 'FAILED'))
                %s
            order by ended_at desc, id desc limit ?""";

    private static final String ENTRIES = """
            with page as (%s),
            entry as (
                select m.direction as what, m.at, m.run_id, m.position, m.version, m.description, m.script, m.checksum,
                       m.rows_affected, m.tables_modified, m.took_ms, m.wal_bytes, m.lock_wait_ms,
                       null as error, m.undone_by_run
                from applied_migration m join page on page.id = m.run_id
                union all
                select r.outcome, r.ended_at, r.id, 2147483647, null, null, r.failure ->> 'script', null,
                       null, '{}', r.execution_ms, null, null,
                       nullif(concat_ws(': ', r.failure ->> 'code', r.failure ->> 'message'), ''), null
                from run r join page using (id)
                where r.outcome in ('FAILED', 'RESTORED'))
            select entry.*, r.kind, r.requested_by, r.reason, r.change_reference
            from entry join run r on r.id = entry.run_id
            order by entry.at desc, entry.run_id desc, entry.position desc""";

    private final DataSource database;

    HistoryStore(DataSource database) {
        this.database = database;
    }

    List<HistoryEntry> page(String target, @Nullable UUID before, int runs) {
        if (before == null) {
            return Query.of(database, ENTRIES.formatted(RUNS.formatted("")), target, runs)
                    .list(HistoryStore::entry);
        }
        String older = "and (ended_at, id) < (select ended_at, id from run where id = ?)";
        return Query.of(database, ENTRIES.formatted(RUNS.formatted(older)), target, before, runs)
                .list(HistoryStore::entry);
    }

    boolean knows(String target) {
        return Query.of(database, "select from run where target = ? limit 1", target)
                .first(row -> true)
                .orElse(false);
    }

    private static HistoryEntry entry(Row row) throws SQLException {
        return new HistoryEntry(
                row.text("what"),
                row.instant("at"),
                row.uuid("run_id"),
                row.maybeText("kind"),
                row.maybeText("requested_by"),
                row.maybeText("reason"),
                row.maybeText("change_reference"),
                row.maybeText("version"),
                row.maybeText("description"),
                row.maybeText("script"),
                row.maybeInteger("checksum"),
                row.maybeNumber("rows_affected"),
                row.texts("tables_modified"),
                row.maybeNumber("took_ms"),
                row.maybeNumber("wal_bytes"),
                row.maybeNumber("lock_wait_ms"),
                row.maybeText("error"),
                row.maybeUuid("undone_by_run"));
    }
}
