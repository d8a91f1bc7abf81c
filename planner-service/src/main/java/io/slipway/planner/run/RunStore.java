package io.slipway.planner.run;

import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RollbackRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
            STATE + "where target = ? and not ended and not dry_run order by urgent desc, seq limit 1 for update";
    private static final String LAST_OPEN = """
            select id from run where target = ? and not ended and not dry_run order by seq desc limit 1
            """;
    private static final String TARGET_OF = "select target from run where id = ?";
    private static final String ADD = """
            insert into run (id, target, state, round, dry_run, urgent, expires_at, ticket, request)
            values (?, ?, ?, ?, ?, ?, ?, ?::json, ?::json)
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
    private static final String VALIDATED = """
            select ticket, plan_digest, verdict, plan_summary from run
            where id = ? and plan_digest is not null and verdict is not null and plan_summary is not null
            """;
    private static final String QUEUED = "select count(*) from run where state = 'QUEUED' and not ended";

    private final RunTable table;
    private final DueRunStore due;

    RunStore(RunTable table, DueRunStore due) {
        this.table = table;
        this.due = due;
    }

    /** Until the end of the transaction; keeps queue and state of one target in one order. */
    void lock(TargetId target) {
        table.ask(LOCK_TARGET, ResultSet::next, target.name());
    }

    Optional<Run> lock(RunId id) {
        return table.ask(LOCK_RUN, this::firstRun, id.value());
    }

    Optional<Run> firstOpen(TargetId target) {
        return table.ask(FIRST_OPEN, this::firstRun, target.name());
    }

    Optional<RunId> lastOpen(TargetId target) {
        return table.ask(
                LAST_OPEN,
                row -> row.next() ? Optional.of(RunId.of(row.getString(1))) : Optional.empty(),
                target.name());
    }

    Optional<TargetId> targetOf(RunId id) {
        return table.ask(
                TARGET_OF,
                row -> row.next() ? Optional.of(new TargetId(row.getString(1))) : Optional.empty(),
                id.value());
    }

    void add(Run run, Request request) {
        Ticket ticket = run.ticket();
        table.change(
                ADD,
                ticket.id().value(),
                ticket.target().name(),
                StoredRun.name(run),
                StoredRun.round(run),
                ticket.dryRun(),
                ticket.cause() != null,
                ticket.expiresAt() == null ? null : RunTable.time(ticket.expiresAt()),
                table.json(ticket),
                table.json(request));
    }

    void save(Run run, Notes notes) {
        Notes.Planned planned = notes.plan();
        Plan plan = planned == null ? null : planned.plan();
        table.change(
                SAVE,
                StoredRun.name(run),
                run.state().ended(),
                StoredRun.round(run),
                plan == null ? null : plan.digest().value(),
                plan == null ? null : table.json(plan),
                planned == null ? null : table.json(PlanSummary.of(planned.plan(), planned.estimate())),
                notes.verdict() == null ? null : table.json(notes.verdict()),
                notes.backup() == null ? null : table.json(notes.backup()),
                notes.progress() == null ? null : table.json(FactJson.progress(notes.progress())),
                notes.ending() == null ? null : table.json(FactJson.ending(notes.ending())),
                run instanceof Run.Held held ? table.json(held.why()) : null,
                run instanceof Run.Held held ? RunTable.time(due.nextLook(held)) : null,
                run.ticket().id().value());
    }

    /** The request of a run that is being planned, in this round and no other. */
    Optional<Request> requestToPlan(TaskKey key) {
        return table.ask(
                REQUEST,
                row -> row.next()
                        ? Optional.of(request(table.read(row.getString(1), Ticket.class), row.getString(2)))
                        : Optional.empty(),
                key.run().value(),
                StoredRun.PLANNING,
                key.round());
    }

    Optional<Plan> plan(RunId id) {
        return table.ask(
                PLAN,
                row -> row.next() ? Optional.of(table.read(row.getString(1), Plan.class)) : Optional.empty(),
                id.value());
    }

    /** How many runs of the target have not ended. */
    int open(TargetId target) {
        return table.ask(OPEN, row -> row.next() ? row.getInt(1) : 0, target.name());
    }

    /** A run that has a plan and a verdict. */
    Optional<Validated> validated(RunId id) {
        return table.ask(VALIDATED, row -> row.next() ? Optional.of(validated(row)) : Optional.empty(), id.value());
    }

    private Validated validated(ResultSet row) throws SQLException {
        PlanSummary plan = table.read(row.getString("plan_summary"), PlanSummary.class);
        return new Validated(
                table.read(row.getString("ticket"), Ticket.class),
                new PlanDigest(row.getString("plan_digest")),
                table.read(row.getString("verdict"), Verdict.class),
                plan.scripts(),
                plan.estimate());
    }

    /** How many runs wait for their turn. */
    long queued() {
        return table.ask(QUEUED, row -> row.next() ? row.getLong(1) : 0L);
    }

    private Request request(Ticket ticket, String json) {
        return switch (ticket.kind()) {
            case MIGRATION -> table.read(json, MigrationRequested.class);
            case ROLLBACK -> table.read(json, RollbackRequested.class);
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
                : table.read(summary, PlanSummary.class).scripts().stream()
                        .map(PlanSummary.Script::name)
                        .toList();
        return Optional.of(StoredRun.run(
                row.getString("state"),
                table.read(row.getString("ticket"), Ticket.class),
                row.getInt("round"),
                digest == null ? null : new PlanDigest(digest),
                scripts,
                row.getString("hold") == null ? null : table.read(row.getString("hold"), Hold.class)));
    }
}
