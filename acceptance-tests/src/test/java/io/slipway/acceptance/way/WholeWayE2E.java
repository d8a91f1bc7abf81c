package io.slipway.acceptance.way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.acceptance.stack.Recorded;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.localstack.supervise.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeWayE2E {
    private static final ScriptFile CUSTOMERS = new ScriptFile("V1__customers.sql", """
            CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL);
            INSERT INTO customer SELECT n, 'customer ' || n FROM generate_series(1, 100) n;
            """);
    private static final ScriptFile NO_CUSTOMERS = new ScriptFile("U1__customers.sql", "DROP TABLE customer;");
    private static final ScriptFile BY_NAME = new ScriptFile(
            "V2__customers_by_name.sql", "CREATE INDEX CONCURRENTLY customer_by_name ON customer (name);");
    private static final ScriptFile NOT_BY_NAME =
            new ScriptFile("U2__customers_by_name.sql", "DROP INDEX CONCURRENTLY customer_by_name;");

    private static Stack stack;
    private static Target target;

    @BeforeAll
    static void start() {
        stack = Stack.running();
    }

    @Test
    void requestOnKafkaBecomesEachFactOnceInOrderWithinOneTraceAndAHistory() {
        // Given
        target = stack.newTarget();

        // When
        RunId run = stack.requests().migrate(target, CUSTOMERS, NO_CUSTOMERS, BY_NAME, NOT_BY_NAME);
        var end = stack.events().awaitEnd(run);

        // Then
        assertThat(end).isInstanceOfSatisfying(MigrationApplied.class, applied -> {
            assertThat(applied.migrations())
                    .extracting(migration -> migration.script())
                    .containsExactly(CUSTOMERS.name(), BY_NAME.name());
            assertThat(applied.migrations().getFirst().rowsAffected()).isEqualTo(100);
            assertThat(applied.migrations().getFirst().tablesModified()).containsExactly("public.customer");
        });
        assertThat(stack.events().names(run))
                .containsExactly(
                        "MigrationPlanned",
                        "ValidationPassed",
                        "RunReleased",
                        "BackupCompleted",
                        "MigrationStarted",
                        "MigrationApplied");
        eachFactIsThereOnceFromItsServiceAndUnderItsTarget(run);
        allFactsBelongToTheTraceOfTheRequest(run);
        theBackupCanBeRead(run);
        theTargetTellsWhatHappened();
        theAuditTellsTheWholeStory(run);
    }

    private static void eachFactIsThereOnceFromItsServiceAndUnderItsTarget(RunId run) {
        var published = stack.events().published(run);
        assertThat(published).extracting(Recorded::identity).doesNotHaveDuplicates();
        assertThat(published).extracting(Recorded::key).containsOnly(target.name());
        assertThat(published)
                .extracting(record -> record.header("content-type"))
                .containsOnly("application/json");
        assertThat(published)
                .filteredOn(record -> !record.name().equals("MigrationProgressed"))
                .extracting(record -> record.header("ce_source"))
                .containsExactly(
                        "/slipway/planner",
                        "/slipway/validator",
                        "/slipway/planner",
                        "/slipway/backup",
                        "/slipway/executor",
                        "/slipway/executor");
    }

    private static void allFactsBelongToTheTraceOfTheRequest(RunId run) {
        var request = stack.events()
                .await(
                        "the request",
                        record -> record.topic().equals(Topics.REQUESTS)
                                && record.header("ce_subject").equals(target.name()));
        assertThat(request.traceId()).hasSize(32);
        assertThat(stack.events().published(run)).extracting(Recorded::traceId).containsOnly(request.traceId());
    }

    private static void theBackupCanBeRead(RunId run) {
        var completed = (BackupCompleted)
                stack.events().awaitFact(run, "BackupCompleted").known();
        assertThat(completed.backup().sizeBytes()).isPositive();
        assertThat(completed.backup().sha256()).matches("[0-9a-f]{64}");
    }

    private static void theTargetTellsWhatHappened() {
        assertThat(target.sql().history())
                .extracting(row -> row.replaceAll("\\|-?\\d+\\|", "|"))
                .containsExactly(
                        "1|customers|SQL|V1__customers.sql|t", "2|customers by name|SQL|V2__customers_by_name.sql|t");
        assertThat(target.sql().rows("select script, phase, rows_affected from slipway_ledger order by recorded_at"))
                .containsExactly("V1__customers.sql|DONE|100", "V2__customers_by_name.sql|DONE|-");
    }

    private static void theAuditTellsTheWholeStory(RunId run) {
        var detail = awaitOutcome(run, "APPLIED");
        assertThat(detail.at("/run/requestedBy").asText()).isEqualTo("deploy-bot");
        assertThat(detail.at("/run/changeReference").asText()).isEqualTo("CHG-20931");
        assertThat(texts(detail.path("steps"), "type"))
                .containsSubsequence(
                        "io.slipway.MigrationPlanned.v1",
                        "io.slipway.ValidationPassed.v1",
                        "io.slipway.RunReleased.v1",
                        "io.slipway.BackupCompleted.v1",
                        "io.slipway.MigrationStarted.v1",
                        "io.slipway.MigrationApplied.v1");
        var audit = stack.api(Service.AUDIT);
        var history = audit.get("/api/v1/targets/" + target.name() + "/history").json();
        assertThat(texts(history.path("entries"), "what")).containsOnly("APPLIED");
        assertThat(texts(history.path("entries"), "script"))
                .containsExactlyInAnyOrder(CUSTOMERS.name(), BY_NAME.name());
        var figures = audit.get("/api/v1/metrics").json().path("targets").path(target.name());
        assertThat(figures.at("/runs/APPLIED").asInt()).isEqualTo(1);
        assertThat(figures.path("rowsAffected").asInt()).isEqualTo(100);
        assertThat(texts(figures.path("tablesModified"), null)).containsExactly("public.customer");
        var stored = audit.get("/api/v1/events?run=" + run).json().path("events");
        assertThat(texts(stored, "id"))
                .containsAll(stack.events().facts(run).stream()
                        .map(record -> record.header("ce_id"))
                        .toList());
        assertThat(texts(stored, "type")).contains("io.slipway.MigrationRequested.v1");
    }

    @Test
    void commandLineTakesATargetUpShowsItAndTakesItBack(@TempDir Path scripts) throws Exception {
        // Given
        var target = stack.newTarget();
        write(scripts, CUSTOMERS, NO_CUSTOMERS, BY_NAME, NOT_BY_NAME);
        var cli = stack.cli();

        // When
        var up = cli.run("up", "--target", target.name(), "--dir", scripts.toString(), "--json", "--by", "ada");
        var upAgain = cli.run("up", "--target", target.name(), "--dir", scripts.toString());
        var back = cli.run("rollback", "--target", target.name(), "--revision", "-1", "--json");
        awaitOutcome(RunId.of(back.json().path("runId").asText()), "ROLLED_BACK");
        var history = cli.run("history", "--target", target.name(), "--json");
        var status = cli.run("status", "--target", target.name(), "--json");
        var health = cli.run("health", "--json");

        // Then
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.json().path("state").asText()).isEqualTo("APPLIED");
        assertThat(up.json().path("exitCode").asInt()).isZero();
        assertThat(upAgain.exitCode()).as(upAgain.err()).isZero();
        assertThat(upAgain.out()).contains("Nothing to do: " + target.name() + " is at version 2.");
        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(back.json().path("state").asText()).isEqualTo("ROLLED_BACK");
        assertThat(target.sql().rows("select indexname from pg_indexes where tablename = 'customer'"))
                .containsExactly("customer_pkey");
        assertThat(texts(history.json().path("entries"), "what"))
                .containsExactlyInAnyOrder("UNDONE", "APPLIED", "APPLIED");
        assertThat(texts(history.json().path("entries"), "requestedBy")).contains("ada");
        assertThat(status.exitCode()).isZero();
        assertThat(status.json().path("underWay").asInt()).isZero();
        assertThat(texts(status.json().path("runs"), "outcome"))
                .containsExactly("ROLLED_BACK", "NOT_NEEDED", "APPLIED");
        assertThat(health.exitCode()).as(health.out()).isZero();
        assertThat(texts(health.json().path("services"), "status")).hasSize(5).containsOnly("UP");
    }

    @Test
    void rollbackOnKafkaUsesTheUndoScriptsThatWentForward() {
        // Given
        var target = stack.newTarget();
        stack.events().awaitEnd(stack.requests().migrate(target, CUSTOMERS, NO_CUSTOMERS));

        // When
        RunId run = stack.requests().rollBack(target, "-1");
        var end = stack.events().awaitEnd(run);

        // Then
        assertThat(end).isInstanceOfSatisfying(RollbackApplied.class, applied -> {
            assertThat(applied.toVersion()).isNull();
            assertThat(applied.undone()).hasSize(1);
        });
        assertThat(stack.events().names(run))
                .containsExactly(
                        "RollbackPlanned",
                        "ValidationPassed",
                        "RunReleased",
                        "BackupCompleted",
                        "MigrationStarted",
                        "RollbackApplied");
        assertThat(target.sql().value("select to_regclass('customer')")).isEqualTo("-");
    }

    @Test
    void dryRunTellsWhatWouldRunAndChangesNothing(@TempDir Path scripts) throws Exception {
        // Given
        var target = stack.newTarget();
        write(scripts, CUSTOMERS, NO_CUSTOMERS);

        // When
        var dryRun =
                stack.cli().run("up", "--dry-run", "--target", target.name(), "--dir", scripts.toString(), "--json");

        // Then
        assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
        assertThat(dryRun.json().path("state").asText()).isEqualTo("DRY_RUN_COMPLETED");
        assertThat(texts(dryRun.json().at("/plan/scripts"), "name")).containsExactly(CUSTOMERS.name());
        assertThat(dryRun.json().at("/verdict/rehearsal/outcome").asText()).isEqualTo("CONFIRMED");
        assertThat(dryRun.json().at("/verdict/rehearsal/wayBack").asText()).isEqualTo("PROVED");
        assertThat(target.sql().rows("select relname from pg_class where relnamespace = 'public'::regnamespace"))
                .isEmpty();
    }

    @Test
    void planThatValidationRefusesEndsWithExitCodeTwoAndSaysWhy(@TempDir Path scripts) throws Exception {
        // Given
        var target = stack.newTarget();
        stack.events().awaitEnd(stack.requests().migrate(target, CUSTOMERS, NO_CUSTOMERS));
        write(
                scripts,
                CUSTOMERS,
                NO_CUSTOMERS,
                new ScriptFile("V2__tidy_up.sql", "DROP TABLE customer;"),
                new ScriptFile("U2__tidy_up.sql", "CREATE TABLE customer (id bigint PRIMARY KEY, name text);"));

        // When
        var up = stack.cli().run("up", "--target", target.name(), "--dir", scripts.toString());
        var asJson = stack.cli().run("up", "--target", target.name(), "--dir", scripts.toString(), "--json");

        // Then
        assertThat(up.exitCode()).as(up.err()).isEqualTo(2);
        assertThat(up.out()).contains("drop-table", "V2__tidy_up.sql");
        assertThat(asJson.exitCode()).isEqualTo(2);
        assertThat(asJson.json().path("exitCode").asInt()).isEqualTo(2);
        assertThat(target.sql().value("select count(*) from customer")).isEqualTo("100");
    }

    @Test
    void sameKeyIsTheSameRunAndItsUseForOtherContentAConflict(@TempDir Path scripts) throws Exception {
        // Given
        var target = stack.newTarget();
        write(scripts, CUSTOMERS, NO_CUSTOMERS);
        String[] up = {
            "up", "--target", target.name(), "--dir", scripts.toString(), "--json", "--idempotency-key", "release-7"
        };

        // When
        var first = stack.cli().run(up);
        var second = stack.cli().run(up);
        write(scripts, BY_NAME, NOT_BY_NAME);
        var other = stack.cli().run(up);

        // Then
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.json().path("runId")).isEqualTo(first.json().path("runId"));
        assertThat(other.exitCode()).isEqualTo(10);
        assertThat(other.json().at("/error/detail").asText()).contains("release-7", "other content");
        assertThat(target.sql().history()).hasSize(1);
    }

    private static JsonNode awaitOutcome(RunId run, String outcome) {
        return await("the audit knows the end of run " + run)
                .atMost(Duration.ofSeconds(30))
                .until(() -> stack.api(Service.AUDIT).get("/api/v1/runs/" + run).json(), detail -> detail.at(
                                "/run/outcome")
                        .asText()
                        .equals(outcome));
    }

    private static List<String> texts(JsonNode array, @Nullable String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> (field == null ? node : node.path(field)).asText())
                .toList();
    }

    private static void write(Path folder, ScriptFile... scripts) throws Exception {
        for (ScriptFile script : scripts) {
            Files.writeString(folder.resolve(script.name()), script.content());
        }
    }
}
