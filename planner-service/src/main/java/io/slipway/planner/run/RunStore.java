package io.slipway.planner.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.eventing.Lost;
import io.slipway.planner.PlannerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs as rows. Whoever changes one holds the lock of its target. */
@ApplicationScoped
class RunStore {
    /** Everything that decides about a run; scripts and plans stay where they are. */
    private static final String STATE = "select id, state, round, plan_digest, ticket, plan_summary, hold from run ";

    private static final String LOCK_TARGET = """
            select pg_advisory_xact_lock(hashtext('slipway.target'), hashtext(?))
            """;
    private static final String LOCK_RUN = STATE + "where id = ? for update";
    private static final String FIRST_OPEN =
            STATE + "where target = ? and not ended and not dry_run order by seq limit 1 for update";
    private static final String LAST_OPEN = """
            select id from run where target = ? and not ended and not dry_run order by seq desc limit 1
            """;
    private static final String TARGET_OF = "select target from run where id = ?";
    private static final String ADD = """
            insert into run (id, target, state, round, dry_run, expires_at, ticket, request)
            values (?, ?, ?, ?, ?, ?, ?::json, ?::json)
            """;
    private static final String SAVE = """
            update run
            set state = ?, ended = ?, round = ?, plan_digest = coalesce(?, plan_digest),
                plan = coalesce(?::json, plan), plan_summary = coalesce(?::json, plan_summary),
                verdict = coalesce(?::json, verdict), backup = coalesce(?::json, backup),
                progress = coalesce(?::json, progress),
                ending = coalesce(?::json, ending), hold = ?::json, look_at = ?,
                revision = revision + 1, changed_at = now()
            where id = ?
            """;
    private static final String REQUEST = """
            select ticket, request from run where id = ? and state = ? and round = ?
            """;
    private static final String PLAN = "select plan from run where id = ? and plan is not null";
    private static final String OPEN = "select count(*) from run where target = ? and not ended and not dry_run";
    private static final String EXPIRED = """
            select id from run
            where not ended and expires_at <= ? and state in ('QUEUED', 'PLANNING', 'VALIDATING', 'CLEARING', 'HELD')
            order by expires_at limit ?
            """;
    private static final String HELD =
            "select id from run where state = 'HELD' and look_at <= ? order by look_at limit ?";
    private static final String LOOK_AT = "update run set look_at = ?, revision = revision + 1 where id = ?";
    private static final String LOOK_LATER = "update run set look_at = ? where id = ?";
    private static final String VALIDATED = """
            select ticket, plan_digest, verdict, plan_summary ->> 'estimate' as estimate from run
            where id = ? and plan_digest is not null and verdict is not null
            """;
    private static final String PRUNE = """
            with gone as (delete from run where ended and changed_at < ?)
            delete from request
            where received_at < ? and not exists (select from run where run.id = request.run and not run.ended)
            """;
    private static final String QUEUED = "select count(*) from run where state = 'QUEUED' and not ended";

    private final ObjectMapper mapper = EventJson.mapper();
    private final DataSource dataSource;
    private final Clock clock;
    private final Duration lookEvery;

    RunStore(DataSource dataSource, Clock clock, PlannerConfig config) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.lookEvery = config.gates().lookEvery();
    }

    /** Until the end of the transaction; keeps queue and state of one target in one order. */
    void lock(TargetId target) {
        ask(LOCK_TARGET, ResultSet::next, target.name());
    }

    Optional<Run> lock(RunId id) {
        return ask(LOCK_RUN, this::firstRun, id.value());
    }

    Optional<Run> firstOpen(TargetId target) {
        return ask(FIRST_OPEN, this::firstRun, target.name());
    }

    Optional<RunId> lastOpen(TargetId target) {
        return ask(
                LAST_OPEN,
                row -> row.next() ? Optional.of(RunId.of(row.getString(1))) : Optional.empty(),
                target.name());
    }

    Optional<TargetId> targetOf(RunId id) {
        return ask(
                TARGET_OF,
                row -> row.next() ? Optional.of(new TargetId(row.getString(1))) : Optional.empty(),
                id.value());
    }

    void add(Run run, Request request) {
        Ticket ticket = run.ticket();
        change(
                ADD,
                ticket.id().value(),
                ticket.target().name(),
                StoredRun.name(run),
                StoredRun.round(run),
                ticket.dryRun(),
                ticket.expiresAt() == null ? null : time(ticket.expiresAt()),
                json(ticket),
                json(request));
    }

    void save(Run run, Notes notes) {
        Notes.Planned planned = notes.plan();
        Plan plan = planned == null ? null : planned.plan();
        change(
                SAVE,
                StoredRun.name(run),
                run.state().ended(),
                StoredRun.round(run),
                plan == null ? null : plan.digest().value(),
                plan == null ? null : json(plan),
                planned == null ? null : json(PlanSummary.of(planned.plan(), planned.estimate())),
                notes.verdict() == null ? null : json(notes.verdict()),
                notes.backup() == null ? null : json(notes.backup()),
                notes.progress() == null ? null : json(FactJson.progress(mapper, notes.progress())),
                notes.ending() == null ? null : json(FactJson.ending(mapper, notes.ending())),
                run instanceof Run.Held held ? json(held.why()) : null,
                run instanceof Run.Held held ? time(nextLook(held)) : null,
                run.ticket().id().value());
    }

    /** The request of a run that is being planned, in this round and no other. */
    Optional<Request> requestToPlan(TaskKey key) {
        return ask(
                REQUEST,
                row -> row.next()
                        ? Optional.of(request(read(row.getString(1), Ticket.class), row.getString(2)))
                        : Optional.empty(),
                key.run().value(),
                StoredRun.PLANNING,
                key.round());
    }

    Optional<Plan> plan(RunId id) {
        return ask(
                PLAN,
                row -> row.next() ? Optional.of(read(row.getString(1), Plan.class)) : Optional.empty(),
                id.value());
    }

    /** How many runs of the target have not ended. */
    int open(TargetId target) {
        return ask(OPEN, row -> row.next() ? row.getInt(1) : 0, target.name());
    }

    /** Runs that nobody has released in time. */
    List<RunId> expired(Instant now, int most) {
        return ask(EXPIRED, RunStore::ids, time(now), most);
    }

    /** Held runs whose time to be looked at has come. */
    List<RunId> held(Instant now, int most) {
        return ask(HELD, RunStore::ids, time(now), most);
    }

    /** Something came that a held run may have waited for. */
    void lookAt(RunId id, Instant at) {
        change(LOOK_AT, time(at), id.value());
    }

    /** Nothing has come yet. */
    void lookLater(Run.Held run) {
        change(LOOK_LATER, time(nextLook(run)), run.ticket().id().value());
    }

    /** At the time for which the run waits, and now and then before, since policy may change. */
    private Instant nextLook(Run.Held run) {
        Instant now = clock.instant();
        Instant latest = now.plus(lookEvery);
        Instant until = run.why().until();
        return until != null && until.isAfter(now) && until.isBefore(latest) ? until : latest;
    }

    /** A run that has a plan and a verdict. */
    Optional<Validated> validated(RunId id) {
        return ask(
                VALIDATED,
                row -> row.next()
                        ? Optional.of(new Validated(
                                read(row.getString("ticket"), Ticket.class),
                                new PlanDigest(row.getString("plan_digest")),
                                read(row.getString("verdict"), Verdict.class),
                                row.getString("estimate") == null ? null : Duration.parse(row.getString("estimate"))))
                        : Optional.empty(),
                id.value());
    }

    /** Forgets what ended before that time. */
    void prune(Instant before) {
        change(PRUNE, time(before), time(before));
    }

    /** How many runs wait for their turn. */
    long queued() {
        return ask(QUEUED, row -> row.next() ? row.getLong(1) : 0L);
    }

    private Request request(Ticket ticket, String json) {
        return switch (ticket.kind()) {
            case MIGRATION -> read(json, MigrationRequested.class);
            case ROLLBACK -> read(json, RollbackRequested.class);
        };
    }

    private Optional<Run> firstRun(ResultSet row) throws SQLException {
        if (!row.next()) {
            return Optional.empty();
        }
        String digest = row.getString("plan_digest");
        String summary = row.getString("plan_summary");
        List<String> scripts = summary == null
                ? List.of()
                : read(summary, PlanSummary.class).scripts().stream()
                        .map(PlanSummary.Script::name)
                        .toList();
        return Optional.of(StoredRun.run(
                row.getString("state"),
                read(row.getString("ticket"), Ticket.class),
                row.getInt("round"),
                digest == null ? null : new PlanDigest(digest),
                scripts,
                row.getString("hold") == null ? null : read(row.getString("hold"), Hold.class)));
    }

    private static List<RunId> ids(ResultSet rows) throws SQLException {
        List<RunId> ids = new ArrayList<>();
        while (rows.next()) {
            ids.add(RunId.of(rows.getString(1)));
        }
        return ids;
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private <T> T ask(String sql, Reading<T> reading, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return reading.of(rows);
        } catch (SQLException e) {
            throw new Lost("The runs could not be read", e);
        }
    }

    private void change(String sql, @Nullable Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("The run could not be written", e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Over bytes, since Jackson escapes there what is no character, and PostgreSQL would refuse it unescaped. */
    private String json(Object value) {
        try {
            return new String(mapper.writeValueAsBytes(value), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A value of our own cannot be written as JSON: " + value.getClass(), e);
        }
    }

    private <T> T read(String json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was stored as %s cannot be read".formatted(type), e);
        }
    }

    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }
}
