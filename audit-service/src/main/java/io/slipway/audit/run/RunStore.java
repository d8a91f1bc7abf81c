package io.slipway.audit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.audit.jdbc.Query;
import io.slipway.audit.jdbc.Row;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Figures;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads runs and what belongs to them; {@link ProjectionStore} writes them. */
@ApplicationScoped
public class RunStore {
    private static final ObjectMapper JSON = EventJson.mapper();

    private final DataSource database;

    RunStore(DataSource database) {
        this.database = database;
    }

    /** The newest first, at most {@code limit}. */
    public List<RunSummary> page(RunFilter filter, int limit) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        List<Object> values = new ArrayList<>();
        if (filter.target() != null) {
            conditions.add("target = ?");
            values.add(filter.target());
        }
        if (filter.outcome() != null) {
            conditions.add("outcome = ?");
            values.add(filter.outcome());
        }
        if (filter.before() != null) {
            conditions.add("(created_at, id) < (select created_at, id from run where id = ?)");
            values.add(filter.before());
        }
        values.add(limit);
        return Query.of(
                        database,
                        "select * from run where %s order by created_at desc, id desc limit ?"
                                .formatted(String.join(" and ", conditions)),
                        values.toArray())
                .list(RunStore::summary);
    }

    public Optional<RunSummary> find(UUID id) {
        return Query.of(database, "select * from run where id = ?", id).first(RunStore::summary);
    }

    /** All of it, or nothing when there is no such run. */
    public Optional<RunDetail> detail(UUID id) {
        return find(id).map(run -> RunDetail.of(run, steps(id), planned(id), performed(id), verdict(id)));
    }

    /**
     * The text of one script of the run's latest plan.
     *
     * @param index 0-based position in the plan
     */
    public Optional<String> sql(UUID run, int index) {
        return Query.of(database, """
                        select body #>> array['plan', 'scripts', ?::text, 'sql'] as sql
                        from event
                        where run_id = ? and type in ('io.slipway.MigrationPlanned.v1', 'io.slipway.RollbackPlanned.v1')
                        order by seq desc limit 1""", index, run)
                .first(row -> Optional.ofNullable(row.maybeText("sql")))
                .flatMap(sql -> sql);
    }

    private List<Step> steps(UUID run) {
        return Query.of(database, "select * from step where run_id = ? order by at, seq", run)
                .list(row ->
                        new Step(row.text("event_type"), row.instant("at"), row.text("summary"), row.text("detail")));
    }

    private List<String> planned(UUID run) {
        return Query.of(database, """
                        select script
                        from step, jsonb_array_elements_text(detail #> '{plan,scripts}') with ordinality as s(script, n)
                        where seq = (select seq from step
                                     where run_id = ? and jsonb_typeof(detail #> '{plan,scripts}') = 'array'
                                     order by at desc, seq desc limit 1)
                        order by n""", run).list(row -> row.text("script"));
    }

    private List<PerformedMigration> performed(UUID run) {
        return Query.of(database, "select * from applied_migration where run_id = ? order by position", run)
                .list(row -> new PerformedMigration(
                        row.text("direction"),
                        row.maybeText("version"),
                        row.text("description"),
                        row.text("script"),
                        row.maybeInteger("checksum"),
                        Boolean.TRUE.equals(row.maybeTruth("transactional")),
                        (int) row.number("statements"),
                        row.maybeNumber("rows_affected"),
                        row.texts("tables_modified"),
                        row.number("took_ms"),
                        maybe(row.maybeText("figures"), Figures.class),
                        row.maybeUuid("undone_by_run")));
    }

    private @Nullable Verdict verdict(UUID run) {
        return Query.of(database, "select verdict from run where id = ? and verdict is not null", run)
                .first(row -> read(row.text("verdict"), Verdict.class))
                .orElse(null);
    }

    private static RunSummary summary(Row row) throws SQLException {
        String kind = row.maybeText("kind");
        String outcome = row.maybeText("outcome");
        String requestId = row.maybeText("request_id");
        return new RunSummary(
                row.uuid("id"),
                row.text("target"),
                kind == null ? null : RunKind.valueOf(kind),
                RunState.valueOf(row.text("state")),
                outcome == null ? null : Outcome.valueOf(outcome),
                requestId == null
                        ? null
                        : new RunSummary.AskedBy(
                                requestId, row.maybeText("request_source"), row.maybeText("request_type")),
                row.maybeText("requested_by"),
                row.maybeText("reason"),
                row.maybeText("change_reference"),
                Boolean.TRUE.equals(row.maybeTruth("dry_run")),
                Boolean.TRUE.equals(row.maybeTruth("force")),
                row.maybeText("digest"),
                row.maybeText("from_version"),
                row.maybeText("to_version"),
                row.maybeInteger("scripts"),
                row.maybeText("risk"),
                row.maybeText("reversibility"),
                row.maybeNumber("rows_affected"),
                row.texts("tables_modified"),
                maybe(row.maybeText("backup"), Backup.class),
                maybe(row.maybeText("failure"), Failure.class),
                row.maybeText("state_left"),
                row.instant("created_at"),
                row.maybeInstant("started_at"),
                row.maybeInstant("ended_at"),
                row.maybeNumber("duration_ms"),
                row.maybeNumber("execution_ms"),
                row.number("revision"));
    }

    private static <T> @Nullable T maybe(@Nullable String json, Class<T> type) {
        return json == null ? null : read(json, type);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "A stored %s cannot be read; rebuild the history from its events.".formatted(type.getSimpleName()),
                    e);
        }
    }
}
