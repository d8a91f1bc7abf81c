package io.slipway.audit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.audit.jdbc.Batch;
import io.slipway.audit.jdbc.Jsonb;
import io.slipway.audit.jdbc.Query;
import io.slipway.audit.jdbc.Row;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Figures;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tables that are worked out from the events: {@code request}, {@code run}, {@code step}, {@code applied_migration}. */
@ApplicationScoped
class ProjectionStore {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final Pattern LEADING_ZEROS = Pattern.compile("(^|\\.)0+(?=\\d)");
    private static final Pattern TRAILING_ZERO_PARTS = Pattern.compile("(\\.0)+$");

    private static final List<RunColumn> COLUMNS = List.of(RunColumn.values());
    private static final List<RunColumn> PLAIN =
            COLUMNS.stream().filter(column -> !column.isDocument()).toList();

    /** In the order of the ids, so that two writers never wait for each other. */
    private static final String SELECT_RUNS = "select id, %s from run where id = any(?::uuid[]) order by id for update"
            .formatted(each(PLAIN, "%s", "%s"));

    private static final String SAVE_RUN = "insert into run (id, %s) values (?, %s) on conflict (id) do update set %s"
            .formatted(
                    each(COLUMNS, "%s", "%s"),
                    each(COLUMNS, "?", "?::jsonb"),
                    each(COLUMNS, "%1$s = excluded.%1$s", "%1$s = coalesce(excluded.%1$s, run.%1$s)"));

    private final DataSource database;

    ProjectionStore(DataSource database) {
        this.database = database;
    }

    /**
     * One writer for each target until the end of the transaction: its requests and its facts come over two topics, and
     * each completes what the other left. Always in the order of the keys, so that two writers never wait for each other.
     */
    void lock(Collection<TargetId> targets) {
        Query.of(database, """
                        select pg_advisory_xact_lock(key) from (
                            select distinct hashtextextended('slipway-audit ' || target, 0) as key
                            from unnest(?) as target order by key) as keys""", List.copyOf(targets)).list(row -> targets);
    }

    void clear() {
        Query.of(database, "truncate request, run, step, applied_migration restart identity")
                .update();
    }

    /** The rows that the changes are about, as far as they exist. */
    RunRows rows(List<Change> changes) {
        Map<UUID, RunRow> rows =
                Query.of(database, SELECT_RUNS, runs(changes.stream())).list(ProjectionStore::run).stream()
                        .collect(Collectors.toMap(RunRow::id, row -> row));
        List<UUID> rejected = runs(changes.stream().filter(Change.Rejected.class::isInstance));
        Map<UUID, Change.Asked> asked = rejected.isEmpty()
                ? Map.of()
                : Query.of(database, "select * from request where run_id = any(?::uuid[])", rejected)
                        .list(ProjectionStore::asked)
                        .stream()
                        .collect(Collectors.toMap(Change.Asked::run, request -> request));
        return new RunRows(rows, asked);
    }

    /** Each table on its own, so that the statements for it go to the database together. */
    void save(List<Change> changes, RunRows rows) {
        Batch batch = Batch.on(database);
        of(changes, Change.Asked.class).forEach(asked -> ask(batch, asked));
        rows.all().forEach(row -> save(batch, row));
        of(changes, Change.Performed.class).forEach(performed -> perform(batch, performed));
        of(changes, Change.Noted.class).forEach(noted -> note(batch, noted));
        batch.run();
    }

    private static String each(List<RunColumn> columns, String plain, String document) {
        return columns.stream()
                .map(column -> (column.isDocument() ? document : plain).formatted(column.column()))
                .collect(Collectors.joining(", "));
    }

    private static <C extends Change> Stream<C> of(List<Change> changes, Class<C> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static List<UUID> runs(Stream<Change> changes) {
        return changes.map(Change::run).distinct().toList();
    }

    private static RunRow run(Row row) throws SQLException {
        Map<RunColumn, Object> values = new EnumMap<>(RunColumn.class);
        for (RunColumn column : PLAIN) {
            Object value = row.value(column.column());
            if (value != null) {
                values.put(column, value);
            }
        }
        return new RunRow(row.uuid("id"), values);
    }

    private static Change.Asked asked(Row row) throws SQLException {
        return new Change.Asked(
                row.uuid("run_id"),
                new TargetId(row.text("target")),
                row.text("source"),
                row.text("id"),
                row.text("type"),
                RunKind.valueOf(row.text("kind")),
                row.text("requested_by"),
                row.text("reason"),
                row.maybeText("change_reference"),
                Boolean.TRUE.equals(row.maybeTruth("dry_run")),
                Boolean.TRUE.equals(row.maybeTruth("force")),
                row.instant("at"));
    }

    private static void ask(Batch batch, Change.Asked asked) {
        batch.add(
                """
                insert into request (source, id, type, kind, target, requested_by, reason, change_reference, dry_run, force,
                                     run_id, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (source, id) do nothing""",
                asked.source(),
                asked.id(),
                asked.type(),
                asked.kind(),
                asked.target(),
                asked.requestedBy(),
                asked.reason(),
                asked.changeReference(),
                asked.dryRun(),
                asked.force(),
                asked.run(),
                asked.at());
    }

    private static void save(Batch batch, RunRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(row.id());
        for (RunColumn column : RunColumn.values()) {
            Object value = row.value(column);
            values.add(value != null && column.isDocument() ? json(value) : value);
        }
        batch.add(SAVE_RUN, values.toArray());
    }

    private static void perform(Batch batch, Change.Performed performed) {
        int position = 0;
        for (AppliedMigration migration : performed.migrations()) {
            position++;
            perform(batch, performed, migration, position);
        }
    }

    private static void perform(Batch batch, Change.Performed performed, AppliedMigration migration, int position) {
        Figures figures = migration.figures();
        batch.add(
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
            batch.add("""
                    update applied_migration set undone_by_run = ?
                    where target = ? and version_key = ? and direction = 'APPLIED' and undone_by_run is null""", performed.run(), performed.target(), key(migration.version()));
        }
    }

    private static void note(Batch batch, Change.Noted noted) {
        batch.add(
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
