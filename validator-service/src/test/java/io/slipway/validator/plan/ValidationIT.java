package io.slipway.validator.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Finding;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.Rehearsal;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.Topics;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.Verdict.Reversibility;
import io.slipway.contracts.Verdict.Risk;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.eventing.EventProbe;
import io.slipway.eventing.SharedServersResource;
import io.slipway.targets.flyway.TargetStates;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SharedServersResource.class)
@WithTestResource(ValidatorTargetsResource.class)
class ValidationIT {
    private static final FlywaySettings SETTINGS =
            new FlywaySettings(Map.of("table", "orders"), List.of(), false, null);

    @Inject
    PlannedRunStore runs;

    private EventProbe probe;

    @BeforeEach
    void connect() {
        probe = EventProbe.connect();
    }

    @AfterEach
    void disconnect() {
        probe.close();
    }

    @Test
    void passesAPlanThatNothingSpeaksAgainst() throws SQLException {
        // Given
        Plan plan = plan(script(
                "1",
                "CREATE TABLE ${table} (id bigint PRIMARY KEY);\nCOMMENT ON TABLE ${table} IS '${flyway:filename}';",
                "DROP TABLE ${table};"));
        MigrationPlanned planned = planned("default", plan);

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        ValidationPassed passed = passed(planned.runId());
        assertThat(passed.plan()).isEqualTo(plan.digest());
        assertThat(passed.verdict().findings()).noneMatch(finding -> finding.severity() != Finding.Severity.INFO);
        assertThat(passed.verdict().risk()).isEqualTo(Risk.LOW);
        assertThat(passed.verdict().statements()).isEqualTo(2);
        assertThat(passed.verdict().checks())
                .extracting(PreMigrationCheck::name)
                .startsWith(
                        "target-answers",
                        "target-takes-writes",
                        "target-is-planned-one",
                        "history-unchanged",
                        "environment",
                        "pending-migrations")
                .endsWith("disk-space");
        assertThat(passed.verdict().checks()).allMatch(PreMigrationCheck::passed);
    }

    @Test
    void saysFromTheTargetsOwnDefinitionsWhichLocksThePlanTakes() throws SQLException {
        // Given
        try (var connection = SharedServersResource.target().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS parcels (id bigint PRIMARY KEY, code varchar(10))");
        }
        MigrationPlanned planned = planned(
                "default",
                plan(script(
                        "1",
                        "ALTER TABLE parcels ALTER COLUMN code TYPE varchar(20);",
                        "ALTER TABLE parcels ALTER COLUMN code TYPE varchar(10);")));

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        Verdict verdict = passed(planned.runId()).verdict();
        assertThat(verdict.locks()).singleElement().satisfies(lock -> {
            assertThat(lock.table()).isEqualTo("public.parcels");
            assertThat(lock.mode()).isEqualTo("ACCESS EXCLUSIVE");
            assertThat(lock.rewritten()).isFalse();
            assertThat(lock.script()).isEqualTo("V1__test.sql");
            assertThat(lock.blockedFor()).isZero();
        });
        assertThat(verdict.rehearsal()).satisfies(rehearsal -> {
            assertThat(rehearsal.outcome()).isEqualTo(Rehearsal.Outcome.CONFIRMED);
            assertThat(rehearsal.confirmed()).isEqualTo(1);
        });
    }

    @Test
    void passesALargeChangeInBatchesAndRefusesOneByAKeyThatDoesNotFit() throws SQLException {
        // Given
        try (var connection = SharedServersResource.target().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS letters (id bigint PRIMARY KEY, box int, sent date)");
        }
        String change = "-- slipway:batch table=letters key=%s size=5000\nUPDATE letters SET sent = current_date";
        MigrationPlanned fits = planned("default", plan(inBatches(change.formatted("id"))));
        MigrationPlanned doesNot = planned("default", plan(inBatches(change.formatted("box"))));

        // When
        probe.publish(Topics.EVENTS, fits);
        probe.publish(Topics.EVENTS, doesNot);

        // Then
        Verdict verdict = passed(fits.runId()).verdict();
        assertThat(verdict.findings()).extracting(Finding::ruleId).containsExactly("undo-missing");
        assertThat(verdict.rehearsal().outcome()).isEqualTo(Rehearsal.Outcome.CONFIRMED);
        assertThat(failed(doesNot.runId()).verdict().findings()).anySatisfy(finding -> {
            assertThat(finding.ruleId()).isEqualTo("batch-key");
            assertThat(finding.message()).startsWith("box may be NULL, and such rows would be in no batch.");
            assertThat(finding.line()).isEqualTo(2);
        });
    }

    @Test
    void refusesAPlanThatLosesRows() throws SQLException {
        // Given
        MigrationPlanned planned =
                planned("default", plan(script("1", "DROP TABLE customers;\nTRUNCATE orders;", null)));

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        ValidationFailed failed = failed(planned.runId());
        assertThat(failed.verdict().findings())
                .extracting(Finding::ruleId)
                .contains("drop-table", "truncate", "undo-missing");
        assertThat(failed.verdict().risk()).isEqualTo(Risk.CRITICAL);
        assertThat(failed.verdict().reversibility()).isEqualTo(Reversibility.RED);
        assertThat(failed.verdict().checks()).allMatch(PreMigrationCheck::passed);
    }

    @Test
    void refusesAPlanThatWasAlteredOnItsWay() throws SQLException {
        // Given
        Plan honest = plan(script("1", "CREATE TABLE a (id int);", "DROP TABLE a;"));
        Plan altered = new Plan(
                honest.kind(),
                honest.settings(),
                List.of(script("1", "CREATE TABLE b (id int);", "DROP TABLE b;")),
                honest.state(),
                null,
                List.of(),
                null,
                honest.digest());
        MigrationPlanned planned = planned("default", altered);

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        ValidationFailed failed = failed(planned.runId());
        assertThat(failed.verdict().findings()).extracting(Finding::ruleId).containsExactly("plan-digest-mismatch");
        assertThat(failed.plan()).isEqualTo(honest.digest());
    }

    @Test
    void refusesAPlaceholderWithoutAValueAndSaysWhere() throws SQLException {
        // Given
        MigrationPlanned planned = planned(
                "default", plan(script("1", "CREATE TABLE a (id int);\nGRANT ALL ON a TO ${role};", "SELECT 1;")));

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        assertThat(failed(planned.runId()).verdict().findings())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.ruleId()).isEqualTo("unresolved-placeholder");
                    assertThat(finding.script()).isEqualTo("V1__test.sql");
                    assertThat(finding.line()).isEqualTo(2);
                    assertThat(finding.column()).isEqualTo(19);
                });
    }

    @Test
    void letsARollbackDropWhatWasAdded() throws SQLException {
        // Given
        try (var connection = SharedServersResource.target().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS invoices (id int)");
        }
        RollbackPlanned planned = takenBack("DROP TABLE invoices;");

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        ValidationPassed passed = passed(planned.runId());
        assertThat(passed.verdict().risk()).isEqualTo(Risk.MEDIUM);
        assertThat(passed.verdict().findings()).extracting(Finding::ruleId).contains("drop-table");
    }

    @Test
    void judgesARollbackByTheTargetsOwnDefinitions() throws SQLException {
        // Given
        try (var connection = SharedServersResource.target().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS crates (id bigint PRIMARY KEY, code varchar(10), label text)");
        }
        RollbackPlanned planned = takenBack(
                "ALTER TABLE crates ALTER COLUMN code TYPE varchar(20);\nALTER TABLE crates ALTER COLUMN label TYPE uuid USING label::uuid;");

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then: without them the wider varchar would be taken for a table written anew, too.
        assertThat(passed(planned.runId()).verdict().findings())
                .filteredOn(finding -> finding.ruleId().equals("change-column-type-rewrite"))
                .extracting(Finding::line)
                .containsExactly(2);
    }

    @Test
    void refusesWhenTheTargetDoesNotAnswer() throws SQLException {
        // Given
        MigrationPlanned planned = planned("down", plan(script("1", "CREATE TABLE a (id int);", "DROP TABLE a;")));

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        assertThat(failed(planned.runId()).verdict().checks()).singleElement().satisfies(check -> {
            assertThat(check.name()).isEqualTo("target-answers");
            assertThat(check.critical()).isTrue();
            assertThat(check.passed()).isFalse();
            assertThat(check.detail()).contains("TARGET_REFUSED");
        });
    }

    @Test
    void refusesAPlanThatWasMadeForAnotherDatabase() throws SQLException {
        // Given
        TargetState here = state();
        TargetState elsewhere = new TargetState(
                here.serverVersion(), "another", here.systemIdentifier(), null, "sha256:of-another-history", 7);
        Plan plan = Plan.of(
                Plan.Kind.MIGRATION,
                SETTINGS,
                List.of(script("1", "CREATE TABLE a (id int);", "DROP TABLE a;")),
                elsewhere);
        MigrationPlanned planned = planned("default", plan);

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        assertThat(failed(planned.runId()).verdict().checks())
                .filteredOn(check -> !check.passed())
                .extracting(PreMigrationCheck::name)
                .containsExactly("target-is-planned-one", "history-unchanged");
    }

    @Test
    void givesOneVerdictHoweverOftenAPlanComes() throws SQLException {
        // Given
        MigrationPlanned planned = planned("default", plan(script("1", "CREATE TABLE a (id int);", "DROP TABLE a;")));
        MigrationPlanned last = planned("default", planned.plan());

        // When
        probe.publish(Topics.EVENTS, planned);
        probe.publish(Topics.EVENTS, planned);
        passed(planned.runId());
        probe.publish(Topics.EVENTS, planned);
        probe.publish(Topics.EVENTS, last);

        // Then
        passed(last.runId());
        assertThat(probe.on(Topics.EVENTS)
                        .filter(received -> received.event() instanceof ValidationPassed done
                                && done.runId().equals(planned.runId())))
                .hasSize(1);
    }

    @Test
    void judgesARunThatIsPlannedAnewAgain() throws SQLException {
        // Given
        MigrationPlanned first = planned("default", plan(script("1", "CREATE TABLE a (id int);", "DROP TABLE a;")));
        Plan other = plan(script("2", "CREATE TABLE b (id int);", "DROP TABLE b;"));
        probe.publish(Topics.EVENTS, first);
        passed(first.runId());

        // When
        probe.publish(Topics.EVENTS, planned(first.runId(), "default", other));

        // Then
        assertThat(probe.await(
                        ValidationPassed.class,
                        passed -> passed.runId().equals(first.runId())
                                && passed.plan().equals(other.digest())))
                .isNotNull();
    }

    @Test
    void keepsTheFindingsThatAnEventHasNoRoomForAndSaysWhere() throws SQLException {
        // Given
        MigrationPlanned planned =
                planned("default", plan(script("1", "DROP TABLE customers_of_old;\n".repeat(30), "SELECT 1;")));
        String path = "/api/v1/runs/%s/verdict".formatted(planned.runId());

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        Verdict told = failed(planned.runId()).verdict();
        String link = String.valueOf(told.link());
        assertThat(link)
                .isEqualTo("https://validator.example.com%s?plan=%s"
                        .formatted(path, planned.plan().digest()));
        assertThat(told.findings()).hasSize(20);
        assertThat(told.findings().getLast().message()).contains("GET " + link);
        JsonPath kept = given().queryParam("plan", planned.plan().digest().value())
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(kept.getString("plan")).isEqualTo(planned.plan().digest().value());
        assertThat(kept.getBoolean("passed")).isFalse();
        assertThat(kept.getList("verdict.findings.findAll { it.ruleId == 'drop-table' }.line"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
        given().get(path).then().statusCode(200).body("decidedAt", endsWith("Z"));
    }

    @Test
    void forgetsVerdictsThatAreOldEnough() throws SQLException {
        // Given
        MigrationPlanned planned = planned("default", plan(script("1", "CREATE TABLE a (id int);", "DROP TABLE a;")));
        String path = "/api/v1/runs/%s/verdict".formatted(planned.runId());
        probe.publish(Topics.EVENTS, planned);
        passed(planned.runId());

        // When, Then
        runs.forget(Instant.now().minus(Duration.ofHours(1)));
        given().get(path).then().statusCode(200);
        runs.forget(Instant.now().plus(Duration.ofHours(1)));
        given().get(path).then().statusCode(404);
    }

    @Test
    void looksForABackupWhereTheLastRunWentWithout() throws SQLException {
        // Given
        TargetId target = new TargetId("unsaved");
        RunId earlier = RunId.random();
        PlanDigest digest = elsewhere().digest();
        Backup backup =
                new Backup("file:///backups/a.dump", 9, "ab".repeat(32), 17, "pg_dump 15.14", Duration.ofSeconds(2));

        // When
        probe.publish(Topics.EVENTS, new BackupSkipped(earlier, target, digest, "Backups are switched off."));
        PreMigrationCheck without = backupOf(planned("unsaved", elsewhere()));
        probe.publish(Topics.EVENTS, new BackupCompleted(earlier, target, digest, backup));
        PreMigrationCheck with = backupOf(planned("unsaved", elsewhere()));

        // Then
        assertThat(without.outcome()).isEqualTo(PreMigrationCheck.Outcome.FAILED);
        assertThat(without.critical()).isFalse();
        assertThat(without.limit()).isEqualTo(Duration.ofHours(24).toSeconds());
        assertThat(without.detail()).contains(earlier.toString(), "Backups are switched off.", "No verified backup");
        assertThat(with.passed()).isTrue();
        assertThat(with.detail()).contains("0 minutes old, of run " + earlier, "17 entries read back");
        assertThat(with.figure()).isBetween(0L, 60L);
    }

    @Test
    void refusesARunWhoseRequestTakesTheTargetForAnother() throws SQLException {
        // Given
        Plan plan = elsewhere();
        MigrationPlanned planned = new MigrationPlanned(
                RunId.random(),
                new TargetId("unsaved"),
                plan,
                "r",
                false,
                true,
                "ann",
                "why",
                null,
                "production",
                null);

        // When
        probe.publish(Topics.EVENTS, planned);

        // Then
        assertThat(failed(planned.runId()).verdict().checks())
                .filteredOn(check -> !check.passed() && check.critical())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.name()).isEqualTo("environment");
                    assertThat(check.detail()).contains("'production'", "configured as 'staging'");
                });
    }

    @Test
    void saysWhatIsWrongWithAQuestionForAVerdict() {
        given().get("/api/v1/runs/{run}/verdict", RunId.random().value())
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", is("UNKNOWN_VERDICT"));
        given().get("/api/v1/runs/seven/verdict").then().statusCode(400).body("code", is("INVALID_REQUEST"));
        given().queryParam("plan", "seven")
                .get("/api/v1/runs/{run}/verdict", RunId.random().value())
                .then()
                .statusCode(400)
                .body("detail", startsWith("A plan digest is"));
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/api/v1/runs/{runId}/verdict'.get.parameters.name", hasItem("plan"));
    }

    private PreMigrationCheck backupOf(MigrationPlanned planned) {
        probe.publish(Topics.EVENTS, planned);
        return passed(planned.runId()).verdict().checks().stream()
                .filter(check -> check.name().equals("backup"))
                .findFirst()
                .orElseThrow();
    }

    /** Of the target {@code unsaved}. */
    private static Plan elsewhere() throws SQLException {
        return Plan.of(
                Plan.Kind.MIGRATION,
                SETTINGS,
                List.of(script("1", "CREATE TABLE a (id int);", "DROP TABLE a;")),
                TargetStates.read(ValidatorTargetsResource.owned(), SETTINGS));
    }

    private ValidationPassed passed(RunId run) {
        return probe.await(ValidationPassed.class, passed -> passed.runId().equals(run));
    }

    private ValidationFailed failed(RunId run) {
        return probe.await(ValidationFailed.class, failed -> failed.runId().equals(run));
    }

    private static MigrationPlanned planned(String target, Plan plan) {
        return planned(RunId.random(), target, plan);
    }

    private static MigrationPlanned planned(RunId run, String target, Plan plan) {
        return new MigrationPlanned(
                run, new TargetId(target), plan, UUID.randomUUID().toString(), false, false, "ann", "release 7", null);
    }

    private static RollbackPlanned takenBack(String sql) throws SQLException {
        PlannedScript undo = new PlannedScript(
                PlannedScript.Kind.UNDO,
                new MigrationVersion("1"),
                "test",
                "U1__test.sql",
                null,
                true,
                sql,
                null,
                null);
        Plan plan = Plan.of(Plan.Kind.ROLLBACK, SETTINGS, List.of(undo), state());
        return new RollbackPlanned(
                RunId.random(), new TargetId("default"), plan, null, "r", false, false, "ann", "bad release", null);
    }

    private static Plan plan(PlannedScript script) throws SQLException {
        return Plan.of(Plan.Kind.MIGRATION, SETTINGS, List.of(script), state());
    }

    private static TargetState state() throws SQLException {
        return TargetStates.read(SharedServersResource.target(), SETTINGS);
    }

    private static PlannedScript inBatches(String sql) {
        return new PlannedScript(
                        PlannedScript.Kind.VERSIONED,
                        new MigrationVersion("1"),
                        "test",
                        "V1__test.sql",
                        7,
                        false,
                        sql,
                        null,
                        null)
                .inBatches();
    }

    private static PlannedScript script(String version, String sql, @Nullable String undo) {
        return new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion(version),
                "test",
                "V%s__test.sql".formatted(version),
                7,
                true,
                sql,
                null,
                undo == null ? null : new ScriptFile("U%s__test.sql".formatted(version), undo));
    }
}
