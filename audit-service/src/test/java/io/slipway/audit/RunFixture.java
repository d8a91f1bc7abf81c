package io.slipway.audit;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Figures;
import io.slipway.contracts.Finding;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Hold;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.Rehearsal;
import io.slipway.contracts.Revision;
import io.slipway.contracts.RowChanges;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.StatementFigures;
import io.slipway.contracts.TableLock;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RestoreCompleted;
import io.slipway.contracts.event.RestoreFailed;
import io.slipway.contracts.event.RestoreRequested;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every event about one run of one target, as the services would publish it: version 1 is there, a plan takes it to 3.
 *
 * @param requestId the CloudEvents id of the request
 * @param begin the time of the request; each envelope is one second later than the one before
 */
public record RunFixture(TargetId target, String requestId, String reason, Instant begin) {
    public static final String SOURCE = "/ci/shop";
    public static final String SQL_2 = "create table cart (id bigint primary key, note text default '<b>&');\n";
    public static final String SQL_3 = "update product set price = price * 2 where currency = 'EUR';\n";

    private static final MigrationVersion V1 = new MigrationVersion("1");
    private static final MigrationVersion V2 = new MigrationVersion("2");
    private static final MigrationVersion V3 = new MigrationVersion("3");

    public static RunFixture on(String target) {
        return new RunFixture(
                new TargetId(target),
                "request-" + UUID.randomUUID(),
                "Carts for the shop",
                Instant.parse("2026-01-31T08:00:00Z"));
    }

    public RunFixture at(Instant time) {
        return new RunFixture(target, requestId, reason, time);
    }

    public RunFixture because(String why) {
        return new RunFixture(target, requestId, why, begin);
    }

    public RunId run() {
        return RunId.ofRequest(SOURCE, requestId);
    }

    /** The usual way, from the request to the end. */
    public List<MigrationEvent> migration() {
        return List.of(
                requested(),
                planned(),
                validated(),
                held(),
                released(),
                backedUp(),
                started(),
                progressed(1, 1),
                progressed(2, 1),
                applied());
    }

    public Envelope envelope(MigrationEvent event, int second) {
        boolean request = event instanceof MigrationRequested || event instanceof RollbackRequested;
        return new Envelope(
                request ? requestId : UUID.randomUUID().toString(),
                request ? SOURCE : "/slipway/test",
                EventCodec.subjectOf(event),
                begin.plusSeconds(second),
                null);
    }

    public MigrationRequested requested() {
        return new MigrationRequested(
                target,
                new ScriptSource.Directory("shop"),
                null,
                FlywaySettings.DEFAULTS,
                false,
                false,
                "deployer",
                reason,
                "CHG-42");
    }

    public Plan plan() {
        return Plan.of(
                Plan.Kind.MIGRATION,
                FlywaySettings.DEFAULTS,
                List.of(script(V2, "cart", SQL_2), script(V3, "prices", SQL_3)),
                state(V1));
    }

    public MigrationPlanned planned() {
        return new MigrationPlanned(run(), target, plan(), requestId, false, false, "deployer", reason, "CHG-42");
    }

    public ValidationPassed validated() {
        return new ValidationPassed(run(), target, plan().digest(), verdict(Finding.Severity.WARNING));
    }

    public ValidationFailed invalid() {
        return new ValidationFailed(run(), target, plan().digest(), verdict(Finding.Severity.ERROR));
    }

    public RunHeld held() {
        return new RunHeld(
                run(),
                target,
                plan().digest(),
                new Hold(Hold.Reason.WINDOW, "opens at 22:00", null, begin.plusSeconds(60)));
    }

    public RunReleased released() {
        return new RunReleased(run(), target, plan().digest(), Plan.Kind.MIGRATION, List.of("window"));
    }

    public StopOrdered stopOrdered() {
        return new StopOrdered(run(), target, plan().digest(), "anna", "The checkout waits");
    }

    public BackupCompleted backedUp() {
        return new BackupCompleted(run(), target, plan().digest(), backup());
    }

    public BackupSkipped backupSkipped() {
        return new BackupSkipped(run(), target, plan().digest(), "nothing irreversible");
    }

    public BackupFailed backupFailed() {
        return new BackupFailed(run(), target, plan().digest(), failure());
    }

    public MigrationStarted started() {
        return new MigrationStarted(run(), target, plan().digest(), Plan.Kind.MIGRATION, 2);
    }

    public MigrationProgressed progressed(int script, int statements) {
        return new MigrationProgressed(
                run(),
                target,
                plan().digest(),
                script == 1 ? "V2__cart.sql" : "V3__prices.sql",
                script,
                2,
                statements,
                Duration.ofMillis(200));
    }

    public MigrationApplied applied() {
        return new MigrationApplied(
                run(),
                target,
                plan().digest(),
                List.of(migration(V2, 0L), migration(V3, 1200L)),
                Duration.ofMillis(400));
    }

    public MigrationFailed failed() {
        return new MigrationFailed(
                run(),
                target,
                plan().digest(),
                List.of(migration(V2, 0L)),
                failure(),
                StateLeft.PARTLY_APPLIED,
                Duration.ofMillis(300));
    }

    public MigrationNotNeeded notNeeded() {
        return new MigrationNotNeeded(run(), target, V3);
    }

    public DryRunCompleted dryRunCompleted() {
        return new DryRunCompleted(run(), target, plan().digest(), List.of("V2__cart.sql", "V3__prices.sql"), true);
    }

    public RollbackRequested rollbackRequested() {
        return new RollbackRequested(
                target, new Revision("-1"), null, FlywaySettings.DEFAULTS, false, false, "oncall", reason, null);
    }

    public RollbackPlanned rollbackPlanned() {
        Plan plan = Plan.of(
                Plan.Kind.ROLLBACK,
                FlywaySettings.DEFAULTS,
                List.of(new PlannedScript(
                        PlannedScript.Kind.UNDO, V3, "prices", "U3__prices.sql", 33, true, "select 1;", null, null)),
                state(V3));
        return new RollbackPlanned(run(), target, plan, V2, requestId, false, false, "oncall", reason, null);
    }

    public RollbackApplied rolledBack() {
        return new RollbackApplied(
                run(), target, plan().digest(), V2, List.of(migration(V3, 1200L)), Duration.ofMillis(50));
    }

    public RollbackFailed rollbackFailed() {
        return new RollbackFailed(
                run(), target, plan().digest(), List.of(), failure(), StateLeft.UNCHANGED, Duration.ofMillis(50));
    }

    public RestoreCompleted restored() {
        return new RestoreCompleted(run(), target, backup(), Duration.ofSeconds(5));
    }

    public RestoreFailed restoreFailed() {
        return new RestoreFailed(run(), target, failure(), StateLeft.UNCHANGED, Duration.ofSeconds(5));
    }

    public RunCancelled cancelled(RunCancelled.Cause cause) {
        return new RunCancelled(run(), target, cause, failure());
    }

    public RequestRejected rejected() {
        return new RequestRejected(target, requestId, SOURCE, "io.slipway.MigrationRequested.v1", failure());
    }

    public ApprovalGiven approved() {
        return new ApprovalGiven(target, run(), plan().digest(), "lead", "Looked at it");
    }

    public CancellationRequested cancellationRequested() {
        return new CancellationRequested(target, run(), "oncall", "Not today");
    }

    public BackupRequested backupRequested() {
        return new BackupRequested(target, "oncall", reason, null);
    }

    public RestoreRequested restoreRequested() {
        return new RestoreRequested(target, backup().sha256(), "oncall", reason, null);
    }

    public static Failure failure() {
        return new Failure(
                "SCRIPT_FAILED",
                "relation \"prodct\" does not exist",
                "Correct the script.",
                "42P01",
                "V3__prices.sql",
                1);
    }

    public static Backup backup() {
        return new Backup(
                "file:///backups/shop.dump", 4096, "ab".repeat(32), 12, "pg_dump 15.15", Duration.ofMillis(90));
    }

    public static Verdict verdict(Finding.Severity severity) {
        return new Verdict(
                List.of(new Finding(
                        "SL-012",
                        severity,
                        "V3__prices.sql",
                        1,
                        1,
                        "Updates every row of product that has this currency.",
                        "ROW EXCLUSIVE on product",
                        "update product set price = price * 2 where id between 1 and 1000;")),
                List.of(new PreMigrationCheck("connections", true, true, "12 of 100 are in use.")),
                Verdict.Risk.MEDIUM,
                "SL-012 in V3__prices.sql",
                Verdict.Reversibility.YELLOW,
                2,
                0,
                List.of(new TableLock(
                        "public.product",
                        "ROW EXCLUSIVE",
                        "other changes of the same rows",
                        "V3__prices.sql",
                        1,
                        false,
                        true,
                        Duration.ofSeconds(3))),
                new Rehearsal(
                        Rehearsal.Outcome.CONFIRMED,
                        null,
                        2,
                        2,
                        List.of(),
                        Rehearsal.WayBack.NONE,
                        "V2__cart.sql has no undo script",
                        Duration.ofMillis(700),
                        null,
                        null),
                "https://validator.example/api/v1/runs/7/verdict");
    }

    private static AppliedMigration migration(MigrationVersion version, @Nullable Long rows) {
        return new AppliedMigration(
                version,
                version.equals(V2) ? "cart" : "prices",
                version.equals(V2) ? "V2__cart.sql" : "V3__prices.sql",
                version.equals(V2) ? 22 : 33,
                true,
                1,
                rows,
                version.equals(V2) ? List.of() : List.of("public.product"),
                Duration.ofMillis(20),
                rows == null || rows == 0 ? null : figures(rows));
    }

    private static Figures figures(long updated) {
        var rows = new RowChanges(0, updated, 0);
        Duration wait = Duration.ofMillis(1_500);
        return new Figures(
                rows,
                List.of(new Figures.TableChanges("public.product", rows)),
                4_096L,
                2,
                wait,
                List.of(new Figures.HeldLock("public.product", "ROW EXCLUSIVE", 1)),
                List.of("prices are in cents now"),
                List.of(new StatementFigures(1, 3, "UPDATE", Duration.ofMillis(20), updated, rows, 4_096L, 1, wait)),
                null);
    }

    private static PlannedScript script(MigrationVersion version, String description, String sql) {
        return new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                version,
                description,
                "V%s__%s.sql".formatted(version, description),
                version.equals(V2) ? 22 : 33,
                true,
                sql,
                null,
                null);
    }

    private static TargetState state(MigrationVersion current) {
        return new TargetState("15.15", "shop", null, current, "00".repeat(32), 1);
    }
}
