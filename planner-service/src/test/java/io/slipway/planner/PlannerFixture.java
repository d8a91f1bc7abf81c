package io.slipway.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.restassured.response.Response;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Finding;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.Revision;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.eventing.EventProbe;
import io.slipway.targets.flyway.MigrationLock;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetFlyway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What surrounds the planner: a deployer before it; validator, backup and executor behind it. */
final class PlannerFixture implements AutoCloseable {
    private static final Verdict CLEAN = new Verdict(
            List.of(), List.of(), Verdict.Risk.LOW, null, Verdict.Reversibility.GREEN, 1, 0, List.of(), null);

    final EventProbe events = EventProbe.connect();

    static ScriptFile file(String name, String content) {
        return new ScriptFile(name, content);
    }

    static MigrationRequested migration(String target, ScriptFile... files) {
        return migration(target, new ScriptSource.Inline(List.of(files)), null, FlywaySettings.DEFAULTS, false);
    }

    static MigrationRequested migration(
            String target, ScriptSource scripts, String toVersion, FlywaySettings settings, boolean dryRun) {
        return new MigrationRequested(
                new TargetId(target),
                scripts,
                toVersion == null ? null : new MigrationVersion(toVersion),
                settings,
                dryRun,
                false,
                "ada",
                "for the test",
                "CHG-1");
    }

    static MigrationRequested migration(
            String target, boolean force, @Nullable Instant expiresAt, ScriptFile... files) {
        return new MigrationRequested(
                new TargetId(target),
                new ScriptSource.Inline(List.of(files)),
                null,
                null,
                FlywaySettings.DEFAULTS,
                false,
                force,
                "ada",
                "for the test",
                null,
                null,
                expiresAt,
                false);
    }

    /** Only the first so many pending versions. */
    static MigrationRequested counted(String target, int count, boolean dryRun, ScriptFile... files) {
        return new MigrationRequested(
                new TargetId(target),
                new ScriptSource.Inline(List.of(files)),
                null,
                count,
                FlywaySettings.DEFAULTS,
                dryRun,
                false,
                "ada",
                "for the test",
                null,
                null,
                null,
                false);
    }

    static MigrationRequested dryRun(String target, ScriptFile... files) {
        return migration(target, new ScriptSource.Inline(List.of(files)), null, FlywaySettings.DEFAULTS, true);
    }

    static RollbackRequested rollback(String target, String revision, ScriptFile... files) {
        return new RollbackRequested(
                new TargetId(target),
                new Revision(revision),
                files.length == 0 ? null : new ScriptSource.Inline(List.of(files)),
                FlywaySettings.DEFAULTS,
                false,
                false,
                "ada",
                "for the test",
                null);
    }

    static ApprovalGiven approval(String target, RunId run, PlanDigest plan, String by) {
        return new ApprovalGiven(new TargetId(target), run, plan, by, "looks good");
    }

    static ValidationPassed passed(RunId run, String target, PlanDigest plan, Verdict.Risk risk) {
        return new ValidationPassed(
                run,
                new TargetId(target),
                plan,
                new Verdict(List.of(), List.of(), risk, null, Verdict.Reversibility.GREEN, 1, 0, List.of(), null));
    }

    static ValidationPassed passedWith(RunId run, String target, PlanDigest plan, String rule) {
        Finding finding = new Finding(rule, Finding.Severity.WARNING, "V1__customers.sql", 1, 1, "so", null, null);
        return new ValidationPassed(
                run,
                new TargetId(target),
                plan,
                new Verdict(
                        List.of(finding),
                        List.of(),
                        Verdict.Risk.MEDIUM,
                        "so",
                        Verdict.Reversibility.GREEN,
                        1,
                        0,
                        List.of(),
                        null));
    }

    static ValidationPassed passedIrreversible(RunId run, String target, PlanDigest plan) {
        return new ValidationPassed(
                run,
                new TargetId(target),
                plan,
                new Verdict(
                        List.of(),
                        List.of(),
                        Verdict.Risk.LOW,
                        null,
                        Verdict.Reversibility.RED,
                        1,
                        0,
                        List.of(),
                        null));
    }

    static CancellationRequested cancellation(String target, RunId run) {
        return new CancellationRequested(new TargetId(target), run, "bob", "not today");
    }

    /** Sends a request under a key of its own. */
    static Response post(Request request) {
        return post(UUID.randomUUID().toString(), request);
    }

    static Response post(String key, Request request) {
        try {
            return post(
                    key, request.getClass().getSimpleName(), EventJson.mapper().writeValueAsString(request));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Response post(String key, String type, String body) {
        return given().header("ce-type", type)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/requests");
    }

    /** Sends a request that must be taken. */
    static RunId accepted(Request request) {
        return RunId.of(
                post(request).then().statusCode(202).extract().jsonPath().getString("runId"));
    }

    /** The run as soon as its revision has passed the given one. */
    static Response run(RunId run, int after) {
        return given().get("/api/v1/runs/{id}?wait=10s&after={after}", run.toString(), after);
    }

    /** The failure with which the planner gives a run up. */
    RunCancelled cancelled(RunId run) {
        return events.await(RunCancelled.class, e -> e.runId().equals(run));
    }

    /** Why no plan is made of it. */
    Failure refusal(Request request) {
        RunCancelled cancelled = cancelled(accepted(request));
        assertThat(cancelled.cause()).isEqualTo(RunCancelled.Cause.PLAN_REFUSED);
        return cancelled.failure();
    }

    MigrationPlanned planned(RunId run) {
        return events.await(MigrationPlanned.class, e -> e.runId().equals(run));
    }

    RunReleased released(RunId run) {
        return events.await(RunReleased.class, e -> e.runId().equals(run));
    }

    void say(RunFact fact) {
        events.publish(Topics.EVENTS, fact);
    }

    void pass(RunId run, String target, PlanDigest plan) {
        say(new ValidationPassed(run, new TargetId(target), plan, CLEAN));
    }

    void refuse(RunId run, String target, PlanDigest plan, Verdict verdict) {
        say(new ValidationFailed(run, new TargetId(target), plan, verdict));
    }

    void backUp(RunId run, String target, PlanDigest plan) {
        Backup backup = new Backup("file:///b.dump", 1, "0".repeat(64), 1, "pg_dump 15", Duration.ofMillis(1));
        say(new BackupCompleted(run, new TargetId(target), plan, backup));
    }

    void start(RunId run, String target, PlanDigest plan, int scripts) {
        say(new MigrationStarted(run, new TargetId(target), plan, Plan.Kind.MIGRATION, scripts));
    }

    /** As plain Flyway would, without any of Slipway. */
    static void flyway(String target, ScriptFile... files) {
        TargetFlyway.configure(
                        PlannerServersResource.database(target),
                        FlywaySettings.DEFAULTS,
                        new ScriptResources(List.of(files)),
                        MigrationLock.SESSION)
                .load()
                .migrate();
    }

    /** Runs the plan for real and says so. */
    void apply(RunId run, String target, Plan plan) {
        List<ScriptFile> files = new ArrayList<>();
        for (PlannedScript script : plan.scripts()) {
            files.add(new ScriptFile(script.name(), script.sql()));
        }
        TargetFlyway.configure(
                        PlannerServersResource.database(target),
                        plan.settings(),
                        new ScriptResources(files),
                        MigrationLock.SESSION)
                .ignoreMigrationPatterns("*:missing")
                .load()
                .migrate();
        say(new MigrationApplied(run, new TargetId(target), plan.digest(), done(plan), Duration.ofMillis(1)));
    }

    /** The plan of a run that is given up at once, so that the next one has its turn. */
    Plan planOnly(MigrationRequested request) {
        RunId run = accepted(request);
        Plan plan = planned(run).plan();
        post(cancellation(request.target().name(), run)).then().statusCode(202);
        return plan;
    }

    RollbackPlanned rollbackPlanned(RunId run) {
        return events.await(RollbackPlanned.class, e -> e.runId().equals(run));
    }

    /** Says that the plan was undone, and leaves the database alone. */
    void undone(RunId run, String target, Plan plan) {
        say(new RollbackApplied(run, new TargetId(target), plan.digest(), null, done(plan), Duration.ofMillis(1)));
    }

    /** Says that a run ended half-way, with the first so many scripts of its plan done. */
    void fail(RunId run, String target, Plan plan, int done, StateLeft left) {
        Failure failure = new Failure(
                "SQL_ERROR", "no", "Do so.", "42601", plan.scripts().get(done).name(), 1);
        say(new MigrationFailed(
                run, new TargetId(target), plan.digest(), done(plan).subList(0, done), failure, left, Duration.ZERO));
    }

    private static List<AppliedMigration> done(Plan plan) {
        return plan.scripts().stream()
                .map(script -> new AppliedMigration(
                        script.version(),
                        script.description(),
                        script.name(),
                        script.checksum(),
                        script.transactional(),
                        1,
                        0L,
                        List.of(),
                        Duration.ofMillis(1)))
                .toList();
    }

    /** The whole way of a migration. */
    RunId migrate(String target, ScriptFile... files) {
        return migrate(migration(target, files));
    }

    RunId migrate(MigrationRequested request) {
        RunId run = accepted(request);
        String target = request.target().name();
        Plan plan = planned(run).plan();
        pass(run, target, plan.digest());
        released(run);
        backUp(run, target, plan.digest());
        apply(run, target, plan);
        awaitState(run, "APPLIED");
        return run;
    }

    static Response awaitState(RunId run, String state) {
        int revision = 0;
        while (true) {
            Response found = run(run, revision);
            if (found.jsonPath().getString("state").equals(state)) {
                return found;
            }
            int next = found.jsonPath().getInt("revision");
            if (next == revision || found.jsonPath().getInt("percent") == 100) {
                throw new AssertionError("Run %s does not become %s: %s".formatted(run, state, found.asString()));
            }
            revision = next;
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
