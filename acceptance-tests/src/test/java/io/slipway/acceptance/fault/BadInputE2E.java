package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.Api;
import io.slipway.acceptance.stack.Recorded;
import io.slipway.acceptance.stack.Requests;
import io.slipway.acceptance.stack.Stack;
import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.localstack.supervise.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of bad input gets a message that names the thing and the way out, and stops nobody. */
class BadInputE2E {
    private static final int TWENTY_MIB = 20 * 1024 * 1024;
    private static final ScriptFile NOTE = new ScriptFile("V1__note.sql", "CREATE TABLE note (id int PRIMARY KEY);");

    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.running();
        Files.createDirectory(stack.scriptDirectory().resolve("empty"));
    }

    @AfterAll
    static void anOrdinaryRunStillWorksAndAllServicesAreReady() {
        var end = stack.events().awaitEnd(stack.requests().migrate(stack.newTarget(), NOTE));
        assertThat(end).isInstanceOf(MigrationApplied.class);
        assertThat(Service.values())
                .allSatisfy(service -> assertThat(stack.service(service).isReady())
                        .as("%s is ready", service)
                        .isTrue());
    }

    /** A request that becomes a run, and what the run's end must say. */
    record Unplannable(TargetId target, ScriptSource scripts, Cause cause, String code, String... words) {
        @Override
        public String toString() {
            return code;
        }
    }

    @SuppressWarnings("unused") // @FieldSource
    static final List<Unplannable> UNPLANNABLE = List.of(
            new Unplannable(
                    new TargetId("default"),
                    new ScriptSource.Directory("not/there"),
                    Cause.PLAN_REFUSED,
                    "DIRECTORY_UNREADABLE",
                    "not/there"),
            new Unplannable(
                    new TargetId("default"),
                    new ScriptSource.Directory("/etc"),
                    Cause.PLAN_REFUSED,
                    "DIRECTORY_NOT_ALLOWED",
                    "/etc"),
            new Unplannable(
                    new TargetId("default"),
                    new ScriptSource.Directory("empty"),
                    Cause.PLAN_REFUSED,
                    "NO_SCRIPTS",
                    "V1__"),
            new Unplannable(
                    new TargetId("default"),
                    new ScriptSource.Inline(List.of(new ScriptFile("create_note.sql", NOTE.content()))),
                    Cause.PLAN_REFUSED,
                    "SCRIPTS_UNUSABLE",
                    "create_note.sql"),
            new Unplannable(
                    new TargetId("default"),
                    new ScriptSource.Inline(List.of(NOTE, new ScriptFile("other/V1__other.sql", "SELECT 1;"))),
                    Cause.PLAN_REFUSED,
                    "DUPLICATE_VERSION",
                    "V1__note.sql",
                    "V1__other.sql"),
            new Unplannable(
                    Stack.DOWN,
                    new ScriptSource.Inline(List.of(NOTE)),
                    Cause.TARGET_UNREACHABLE,
                    "TARGET_REFUSED",
                    "down",
                    "127.0.0.1:1"),
            new Unplannable(
                    Stack.WRONG_PASSWORD,
                    new ScriptSource.Inline(List.of(NOTE)),
                    Cause.TARGET_UNREACHABLE,
                    "TARGET_AUTHENTICATION_FAILED",
                    "wrong-password"));

    @ParameterizedTest
    @FieldSource("UNPLANNABLE")
    void runThatCannotBePlannedEndsWithWhatIsWrongAndTheWayOut(Unplannable bad) {
        // When
        var run = stack.requests().publish(UUID.randomUUID().toString(), request(bad.target(), bad.scripts()));
        var end = stack.events().awaitEnd(run);

        // Then
        assertThat(end).isInstanceOfSatisfying(RunCancelled.class, cancelled -> {
            assertThat(cancelled.cause()).isEqualTo(bad.cause());
            isClear(cancelled.failure(), bad.code(), bad.words());
        });
        assertThat(stack.events().published(run))
                .noneMatch(record -> text(record).contains("not-the-password"));
    }

    @Test
    void changedChecksumOfAnAppliedMigrationIsNamedWithBothChecksums() {
        // Given
        var target = stack.newTarget();
        stack.events().awaitEnd(stack.requests().migrate(target, NOTE));
        var applied = target.sql().value("select checksum from flyway_schema_history");

        // When
        var run = stack.requests().migrate(target, new ScriptFile(NOTE.name(), "CREATE TABLE note (id bigint);"));
        var end = stack.events().awaitEnd(run);

        // Then
        assertThat(end)
                .isInstanceOfSatisfying(
                        RunCancelled.class,
                        cancelled -> isClear(cancelled.failure(), "CHECKSUM_CHANGED", NOTE.name(), applied));
    }

    @Test
    void unknownTargetIsRejectedByNameOnBothDoors() {
        // Given
        var id = UUID.randomUUID().toString();
        var request = request(new TargetId("nowhere"), new ScriptSource.Inline(List.of(NOTE)));

        // When
        stack.requests().publish(id, request);
        var rejected = rejection(id);
        var answer = post(
                "MigrationRequested", EventJson.mapper().valueToTree(request).toString());

        // Then
        isClear(rejected.failure(), "UNKNOWN_TARGET", "nowhere", "default");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("nowhere", "default");
        assertThat(answer.json().path("remedy").asText()).contains("slipway.targets.nowhere");
    }

    @Test
    void requestThatIsNoJsonIsADeadLetterWithItsReason() {
        // Given
        var id = UUID.randomUUID().toString();

        // When
        stack.requests().send("default", headers(id, "MigrationRequested"), bytes("{\"target\": default"));
        var letter = stack.events()
                .awaitDeadLetter("planner", record -> record.header("ce_id").equals(id));
        var answer = post("MigrationRequested", "{\"target\": default");

        // Then
        assertThat(letter.header("dead-letter-reason")).contains("no valid MigrationRequested", "default");
        assertThat(letter.body()).isEqualTo(bytes("{\"target\": default"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("no valid MigrationRequested");
    }

    @Test
    void requestOfAnUnknownTypeIsADeadLetterThatListsTheKnownOnes() {
        // Given
        var id = UUID.randomUUID().toString();

        // When
        stack.requests().send("default", headers(id, "CoffeeRequested"), bytes("{}"));
        var letter = stack.events()
                .awaitDeadLetter("planner", record -> record.header("ce_id").equals(id));
        var answer = post("CoffeeRequested", "{}");

        // Then
        assertThat(letter.header("dead-letter-reason")).contains("CoffeeRequested", "MigrationRequested");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("CoffeeRequested");
        assertThat(answer.json().path("remedy").asText()).contains("MigrationRequested");
    }

    @Test
    void requestThatIsNoCloudEventIsADeadLetterThatNamesTheMissingHeader() {
        // Given
        var key = "no-cloud-event-" + UUID.randomUUID();

        // When
        stack.requests().send(key, Map.of(), bytes("{}"));
        var letter = stack.events().awaitDeadLetter("planner", record -> key.equals(record.key()));

        // Then
        assertThat(letter.header("dead-letter-reason")).contains("ce_type");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void twentyMegabytesOfScriptsAreRejectedWithTheSizes(int scripts) {
        // Given
        var id = UUID.randomUUID().toString();
        var part = "-- " + "x".repeat(TWENTY_MIB / scripts - 3);
        var files = IntStream.rangeClosed(1, scripts)
                .mapToObj(version -> new ScriptFile("V%d__large.sql".formatted(version), part))
                .toList();
        var request = request(new TargetId("default"), new ScriptSource.Inline(files));

        // When
        stack.requests().publish(id, request);
        var rejected = rejection(id);
        var answer = post(
                "MigrationRequested", EventJson.mapper().valueToTree(request).toString());

        // Then
        isClear(rejected.failure(), "TOO_LARGE", String.valueOf(TWENTY_MIB), String.valueOf(5 * 1024 * 1024));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("code").asText()).isEqualTo("TOO_LARGE");
        assertThat(answer.json().path("detail").asText()).containsPattern("has 2\\d{7} bytes");
    }

    @Test
    void twentyMegabytesOfNoiseAreADeadLetter() {
        // Given
        var id = UUID.randomUUID().toString();

        // When
        stack.requests()
                .send("default", headers(id, "MigrationRequested"), bytes("{\"x\":\"" + "y".repeat(TWENTY_MIB)));
        var letter = stack.events()
                .awaitDeadLetter("planner", record -> record.header("ce_id").equals(id));

        // Then
        assertThat(letter.header("dead-letter-reason")).contains("MigrationRequested");
    }

    @Test
    void programOlderThanTheServerIsNamedAndNothingRunsWithoutABackup() throws Exception {
        // Given
        var target = stack.newTarget();
        var program = stack.programs().resolve("pg_dump");
        var real = Files.readSymbolicLink(program);
        var old = Files.createFile(
                stack.programs().resolve("pg_dump.old"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(old, "#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.22'\n");
        Files.move(old, program, StandardCopyOption.REPLACE_EXISTING);

        // When
        var run = stack.requests().migrate(target, NOTE);
        var end = stack.events().awaitEnd(run);
        Files.delete(program);
        Files.createSymbolicLink(program, real);

        // Then
        assertThat(end).isInstanceOfSatisfying(RunCancelled.class, cancelled -> {
            assertThat(cancelled.cause()).isEqualTo(Cause.BACKUP_FAILED);
            isClear(cancelled.failure(), "PG_DUMP_TOO_OLD", "pg_dump (PostgreSQL) 12.22", "PostgreSQL 15");
        });
        assertThat(stack.events().facts(run))
                .extracting(Recorded::known)
                .filteredOn(BackupFailed.class::isInstance)
                .hasSize(1);
        assertThat(target.sql().value("select to_regclass('note')")).isEqualTo("-");
    }

    private static MigrationRequested request(TargetId target, ScriptSource scripts) {
        return Requests.migration(target, scripts, FlywaySettings.DEFAULTS);
    }

    private static RequestRejected rejection(String id) {
        return (RequestRejected) stack.events()
                .await(
                        "the rejection of request " + id,
                        record -> record.event() instanceof RequestRejected rejected
                                && rejected.requestId().equals(id))
                .known();
    }

    private static void isClear(Failure failure, String code, String... words) {
        assertThat(failure.code()).as(failure.toString()).isEqualTo(code);
        assertThat(failure.message()).contains(words);
        assertThat(failure.remedy()).isNotBlank();
    }

    private static Api.Answer post(String type, String body) {
        var headers = new HashMap<String, String>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-type", type);
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        return stack.api(Service.PLANNER).post("/api/v1/requests", headers, bytes(body));
    }

    private static Map<String, String> headers(String id, String type) {
        return Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                id,
                "ce_source",
                Requests.SOURCE,
                "ce_type",
                "io.slipway." + type + ".v1",
                "content-type",
                "application/json");
    }

    private static String text(Recorded record) {
        return new String(record.body(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
