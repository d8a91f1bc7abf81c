package io.slipway.audit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.audit.jdbc.Jsonb;
import io.slipway.audit.jdbc.Query;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Figures;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tables that are worked out from the events: {@code request}, {@code run}, {@code step}, {@code applied_migration}. */
@ApplicationScoped
class ProjectionStore {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final Pattern LEADING_ZEROS = Pattern.compile("(^|\\.)0+(?=\\d)");
    private static final Pattern TRAILING_ZERO_PARTS = Pattern.compile("(\\.0)+$");

    private final DataSource database;

    ProjectionStore(DataSource database) {
        this.database = database;
    }

    /**
     * One writer for each target until the end of the transaction: its requests and its facts come over two topics, and
     * each completes what the other left.
     */
    void lock(TargetId target) {
        Query.of(database, "select pg_advisory_xact_lock(hashtextextended('slipway-audit ' || ?, 0))", target)
                .list(row -> target);
    }

    void clear() {
        Query.of(database, "truncate request, run, step, applied_migration restart identity")
                .update();
    }

    void apply(Change change) {
        switch (change) {
            case Change.Asked asked -> ask(asked);
            case Change.Rejected rejected -> reject(rejected);
            case Change.Touched touched -> touch(touched.run(), touched.target(), touched.at());
            case Change.Planned planned -> plan(planned);
            case Change.Judged judged -> judge(judged);
            case Change.Entered entered -> enter(entered);
            case Change.BackedUp backedUp ->
                update("update run set backup = ?::jsonb where id = ?", json(backedUp.backup()), backedUp.run());
            case Change.Started started ->
                update(
                        "update run set started_at = ?, kind = ? where id = ?",
                        started.at(),
                        started.kind(),
                        started.run());
            case Change.Performed performed -> perform(performed);
            case Change.Arrived arrived ->
                update(
                        "update run set from_version = coalesce(from_version, ?), to_version = ? where id = ?",
                        arrived.at(),
                        arrived.at(),
                        arrived.run());
            case Change.Ended ended -> end(ended);
            case Change.Noted noted -> note(noted);
        }
    }

    private void ask(Change.Asked asked) {
        update(
                """
                insert into request (source, id, type, kind, target, requested_by, reason, change_reference, dry_run, force,
                                     run_id, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (source, id) do nothing""",
                asked.source(),
                asked.id(),
                asked.type(),
                RunKind.ofRequest(asked.type()),
                asked.request().target(),
                asked.request().requestedBy(),
                asked.request().reason(),
                asked.changeReference(),
                asked.dryRun(),
                asked.force(),
                asked.run(),
                asked.at());
        if (asked.begins()) {
            touch(asked.run(), asked.request().target(), asked.at());
        }
        complete(asked.run());
    }

    private void reject(Change.Rejected rejected) {
        touch(rejected.run(), rejected.target(), rejected.at());
        update(
                """
                update run set kind = ?, state = ?, outcome = ?, request_source = ?, request_id = ?, request_type = ?,
                    failure = ?::jsonb, ended_at = ?
                where id = ? and ended_at is null""",
                rejected.kind(),
                RunState.ENDED,
                Outcome.REJECTED,
                rejected.source(),
                rejected.requestId(),
                rejected.type(),
                json(rejected.failure()),
                rejected.at(),
                rejected.run());
        complete(rejected.run());
    }

    private void touch(UUID run, TargetId target, Instant at) {
        update("""
                insert into run (id, target, state, created_at) values (?, ?, ?, ?)
                on conflict (id) do update set created_at = least(run.created_at, excluded.created_at)""", run, target, RunState.REQUESTED, at);
    }

    /** Tells the run what its request says, whichever of the two came first. */
    private void complete(UUID run) {
        update("""
                update run r set
                    request_source = q.source, request_id = q.id, request_type = q.type,
                    kind = coalesce(r.kind, q.kind),
                    requested_by = coalesce(r.requested_by, q.requested_by),
                    reason = coalesce(r.reason, q.reason),
                    change_reference = coalesce(r.change_reference, q.change_reference),
                    dry_run = coalesce(r.dry_run, q.dry_run),
                    force = coalesce(r.force, q.force),
                    revision = r.revision + 1
                from request q
                where r.id = ? and q.run_id = r.id""", run);
    }

    private void plan(Change.Planned planned) {
        update(
                """
                update run set kind = ?, request_id = ?, requested_by = ?, reason = ?, change_reference = ?,
                    dry_run = ?, force = ?, digest = ?, from_version = ?, to_version = ?, scripts = ?
                where id = ?""",
                planned.kind(),
                planned.requestId(),
                planned.requestedBy(),
                planned.reason(),
                planned.changeReference(),
                planned.dryRun(),
                planned.force(),
                planned.digest(),
                planned.from(),
                planned.to(),
                planned.scripts(),
                planned.run());
    }

    private void judge(Change.Judged judged) {
        update(
                "update run set risk = ?, reversibility = ?, verdict = ?::jsonb where id = ?",
                judged.verdict().risk(),
                judged.verdict().reversibility(),
                json(judged.verdict()),
                judged.run());
    }

    /** An ended run stays ended, whatever still comes. */
    private void enter(Change.Entered entered) {
        update("update run set state = ? where id = ? and ended_at is null", entered.state(), entered.run());
    }

    private void perform(Change.Performed performed) {
        int position = 0;
        for (AppliedMigration migration : performed.migrations()) {
            position++;
            perform(performed, migration, position);
        }
        update(
                "update run set rows_affected = ?, tables_modified = ? where id = ?",
                performed.rowsAffected(),
                performed.tablesModified(),
                performed.run());
    }

    private void perform(Change.Performed performed, AppliedMigration migration, int position) {
        Figures figures = migration.figures();
        update(
                """
                insert into applied_migration (run_id, position, target, direction, version, version_key, description,
                    script, checksum, transactional, statements, rows_affected, tables_modified, took_ms, at,
                    figures, wal_bytes, lock_wait_ms)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                on conflict (run_id, position) do nothing""",
                performed.run(),
                position,
                performed.target(),
                performed.direction(),
                migration.version(),
                key(migration.version()),
                migration.description(),
                migration.script(),
                migration.checksum(),
                migration.transactional(),
                migration.statements(),
                migration.rowsAffected(),
                migration.tablesModified(),
                migration.took(),
                performed.at(),
                figures == null ? null : json(figures),
                figures == null ? null : figures.walBytes(),
                figures == null ? null : figures.lockWait());
        if (performed.direction() == Change.Performed.Direction.UNDONE) {
            update("""
                    update applied_migration set undone_by_run = ?
                    where target = ? and version_key = ? and direction = 'APPLIED' and undone_by_run is null""", performed.run(), performed.target(), key(migration.version()));
        }
    }

    private void end(Change.Ended ended) {
        update(
                """
                update run set state = ?, outcome = ?, kind = coalesce(kind, ?), failure = ?::jsonb, state_left = ?,
                    execution_ms = ?, ended_at = ?
                where id = ? and ended_at is null""",
                RunState.ENDED,
                ended.outcome(),
                ended.kind(),
                ended.failure() == null ? null : json(ended.failure()),
                ended.stateLeft(),
                ended.took(),
                ended.at(),
                ended.run());
    }

    private void note(Change.Noted noted) {
        update(
                """
                insert into step (run_id, key, event_type, at, summary, detail) values (?, ?, ?, ?, ?, ?::jsonb)
                on conflict (run_id, key) do update set
                    at = excluded.at, summary = excluded.summary, detail = excluded.detail
                where step.at <= excluded.at""",
                noted.run(),
                noted.key(),
                noted.eventType(),
                noted.at(),
                noted.summary(),
                new Jsonb(noted.detail()));
        update("update run set revision = revision + 1 where id = ?", noted.run());
    }

    private void update(String sql, @Nullable Object... values) {
        Query.of(database, sql, values).update();
    }

    private static @Nullable String key(@Nullable MigrationVersion version) {
        if (version == null) {
            return null;
        }
        String plain = LEADING_ZEROS.matcher(version.value()).replaceAll("$1");
        return TRAILING_ZERO_PARTS.matcher(plain).replaceAll("");
    }

    private static Jsonb json(Object value) {
        try {
            return new Jsonb(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A contract's value can always be written as JSON.", e);
        }
    }
}
