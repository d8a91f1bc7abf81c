package io.slipway.planner;

import static io.restassured.RestAssured.given;
import static io.slipway.planner.PlannerFixture.accepted;
import static io.slipway.planner.PlannerFixture.cancellation;
import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.flyway;
import static io.slipway.planner.PlannerFixture.migration;
import static io.slipway.planner.PlannerFixture.post;
import static io.slipway.planner.PlannerFixture.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunCancelled.Cause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that cannot be done: each says what is wrong and the way out, and the planner goes on. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class BadInputIT {
    private static final ScriptFile V1 = file("V1__a.sql", "create table a (id int primary key);");

    private PlannerFixture planner;

    @BeforeEach
    void open() {
        planner = new PlannerFixture();
    }

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void givesTheSameRunForTheSameKeyAndRefusesOtherContentUnderIt() {
        // Given
        String key = UUID.randomUUID().toString();
        String first = post(key, migration("keys", V1))
                .then()
                .statusCode(202)
                .header("Location", containsString("/api/v1/runs/"))
                .extract()
                .jsonPath()
                .getString("runId");

        // When
        var repeated = post(key, migration("keys", V1));
        var conflicting = post(key, migration("keys", file("V1__a.sql", "create table b ();")));

        // Then
        repeated.then().statusCode(200).body("runId", equalTo(first));
        conflicting
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString(first));
        RequestRejected rejected =
                planner.events.await(RequestRejected.class, e -> e.requestId().equals(key));
        assertThat(rejected.failure().code()).isEqualTo("KEY_CONFLICT");
        given().get("/api/v1/runs?target=keys").then().statusCode(200).body("runId", equalTo(List.of(first)));
    }

    @Test
    void refusesOtherContentUnderAKeyThatKafkaHasBroughtBefore() {
        // Given
        var envelope = planner.events.publish(Topics.REQUESTS, migration("keys", V1));
        // When
        planner.events.publish(Topics.REQUESTS, envelope, migration("keys", file("V1__a.sql", "create table b ();")));
        // Then
        RequestRejected rejected =
                planner.events.await(RequestRejected.class, e -> e.requestId().equals(envelope.id()));
        assertThat(rejected.failure().code()).isEqualTo("KEY_CONFLICT");
    }

    @Test
    void refusesOtherContentOverKafkaUnderAKeyThatCameOverHttp() {
        // Given
        String key = UUID.randomUUID().toString();
        post(key, migration("keys", V1)).then().statusCode(202);
        // When
        var envelope = new Envelope(key, "/http", "keys", Instant.now(), null);
        planner.events.publish(Topics.REQUESTS, envelope, migration("keys", file("V1__a.sql", "create table b ();")));
        // Then
        RequestRejected rejected =
                planner.events.await(RequestRejected.class, e -> e.requestId().equals(key));
        assertThat(rejected.failure().code()).isEqualTo("KEY_CONFLICT");
    }

    @Test
    void knowsItsOwnRequestsWhenTheyComeBackFromKafkaWithoutTakingThemInAgain() {
        // Given
        double before = repeats();
        // When: the second passes the listener after the first
        post(migration("keys", V1)).then().statusCode(202);
        var envelope = planner.events.publish(Topics.REQUESTS, migration("keys", V1));
        RunId second = RunId.ofRequest(envelope.source(), envelope.id());
        await().until(() -> given().get("/api/v1/runs/{id}", second.toString()).statusCode() == 200);
        // Then
        assertThat(repeats()).isEqualTo(before);
    }

    @Test
    void rejectsAnUnknownTargetOverBothDoors() {
        // When
        String key = UUID.randomUUID().toString();
        post(key, migration("nowhere", V1))
                .then()
                .statusCode(422)
                .body("code", equalTo("UNKNOWN_TARGET"))
                .body("detail", allOf(containsString("'nowhere'"), containsString("shop")))
                .body("remedy", containsString("slipway.targets.nowhere"));
        var envelope = planner.events.publish(Topics.REQUESTS, migration("nowhere", V1));

        // Then
        assertThat(planner.events
                        .await(RequestRejected.class, e -> e.requestId().equals(key))
                        .requestSource())
                .isEqualTo("/http");
        assertThat(planner.events
                        .await(RequestRejected.class, e -> e.requestId().equals(envelope.id()))
                        .failure()
                        .code())
                .isEqualTo("UNKNOWN_TARGET");
        post(key, migration("nowhere", V1)).then().statusCode(422);
    }

    @Test
    void rejectsWhatThisVersionDoesNotOffer() {
        post(new BackupRequested(new TargetId("shop"), "ada", "to be sure", null))
                .then()
                .statusCode(422)
                .body("code", equalTo("NOT_OFFERED"));
    }

    @Test
    void rejectsScriptsAndBodiesThatAreTooLargeWithTheSizes() {
        // Given
        ScriptFile six = file("V1__a.sql", "x".repeat(6 * 1024 * 1024));

        // Then
        post(migration("shop", six))
                .then()
                .statusCode(413)
                .body("detail", allOf(containsString("6291456"), containsString("5242880")));
        post("twenty", "MigrationRequested", "x".repeat(20 * 1024 * 1024))
                .then()
                .statusCode(413)
                .body("detail", allOf(containsString("20971520"), containsString("15728640")));
        var envelope = planner.events.publish(Topics.REQUESTS, migration("shop", six));
        assertThat(planner.events
                        .await(RequestRejected.class, e -> e.requestId().equals(envelope.id()))
                        .failure()
                        .code())
                .isEqualTo("TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MigrationRequested | not json               | no valid MigrationRequested",
                "MigrationRequested | {\"target\": \"UP\"}   | A target name has",
                "MigrationRequested | {}                     | is missing",
                "MigrationApplied   | {}                     | no type of request",
                "Nonsense           | {}                     | no type of request",
            })
    void refusesWhatIsNoRequestWithoutTroublingAnyone(String type, String body, String why) {
        post(UUID.randomUUID().toString(), type, body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(why))
                .body("remedy", containsString(" "));
    }

    @Test
    void saysWhatAClientGotWrongInQuestions() {
        given().get("/api/v1/runs/17").then().statusCode(400).body("detail", containsString("UUID"));
        given().get("/api/v1/runs/" + RunId.random() + "?wait=1s").then().statusCode(404);
        given().get("/api/v1/runs/" + RunId.random() + "?wait=soon").then().statusCode(400);
        given().get("/api/v1/runs?limit=0").then().statusCode(400);
        given().header("ce-type", "MigrationRequested")
                .contentType("application/cloudevents+json")
                .body("{}")
                .post("/api/v1/requests")
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @CsvSource({
        "io.slipway.MigrationRequested.v1, no json",
        "io.slipway.MigrationRequested.v1, {\"target\":\"NOT A NAME\"}",
        "io.slipway.MigrationWished.v1, {}",
        "io.slipway.MigrationApplied.v1, {}"
    })
    void putsWhatIsNoRequestIntoTheDeadLettersAndGoesOn(String type, String body) {
        // Given
        String id = UUID.randomUUID().toString();
        Map<String, String> headers =
                Map.of("ce_specversion", "1.0", "ce_id", id, "ce_source", "/test", "ce_type", type);

        // When
        planner.events.publish(Topics.REQUESTS, "shop", headers, body.getBytes(StandardCharsets.UTF_8));

        // Then
        planner.events.awaitDeadLetter(
                "planner",
                record -> new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8).equals(id));
        var envelope = planner.events.publish(Topics.REQUESTS, migration("nowhere", V1));
        planner.events.await(RequestRejected.class, e -> e.requestId().equals(envelope.id()));
    }

    @Test
    void refusesScriptsThatFlywayCannotRead() {
        assertThat(planner.refusal(migration("faults", V1, file("sub/V1__b.sql", "select 1;"))))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("DUPLICATE_VERSION");
                    assertThat(failure.message()).contains("V1__a.sql").contains("sub/V1__b.sql");
                });
        assertThat(planner.refusal(migration("faults"))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("NO_SCRIPTS");
            assertThat(failure.message()).contains("V1__what_it_does.sql");
        });
        assertThat(planner.refusal(migration("faults", file("v1_a.sql", "select 1;")))
                        .code())
                .isIn("NO_SCRIPTS", "SCRIPTS_UNUSABLE");
        assertThat(planner.refusal(migration("faults", file("V1__p.sql", "select '${who}';"))))
                .satisfies(failure -> assertThat(failure.message()).contains("${who}"));
        assertThat(planner.refusal(migration("faults", V1, file("afterMigrate.sql", "select 1;")))
                        .code())
                .isEqualTo("CALLBACKS_NOT_OFFERED");
        assertThat(planner.refusal(migration("faults", file("V1__a.sql", "select '\0\ud800';")))
                        .code())
                .isEqualTo("SCRIPT_NOT_TEXT");
        assertThat(planner.refusal(toVersion("faults", "7")).message()).contains("version 7");
        assertThat(planner.refusal(rollback("faults", "-1")).code()).isEqualTo("NOT_SO_MANY_APPLIED");
    }

    @Test
    void refusesScriptsThatDoNotFitTheHistory() {
        // Given
        ScriptFile v3 = file("V3__c.sql", "create table c ();");
        flyway("fits", V1, v3);

        // Then
        assertThat(planner.refusal(migration("fits", file("V1__a.sql", "create table other ();"), v3)))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("CHECKSUM_CHANGED");
                    assertThat(failure.message()).contains("Version 1").contains("V1__a.sql");
                    assertThat(failure.remedy()).contains("new version");
                    assertThat(failure.script()).isEqualTo("V1__a.sql");
                });
        assertThat(planner.refusal(migration("fits", v3)).code()).isEqualTo("APPLIED_SCRIPT_MISSING");
        assertThat(planner.refusal(migration("fits", V1, file("V2__b.sql", "select 1;"), v3)))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("OUT_OF_ORDER");
                    assertThat(failure.message()).contains("Version 2").contains("V2__b.sql");
                    assertThat(failure.remedy()).contains("outOfOrder");
                });
        assertThat(planner.refusal(rollback("fits", "2")).message())
                .contains("version 2")
                .contains("1, 3");
    }

    @Test
    void refusesASchemaWithoutHistoryUnlessItsVersionIsNamed() throws Exception {
        // Given
        try (var connection = PlannerServersResource.database("occupied").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table a (id int primary key)");
        }
        ScriptFile v2 = file("V2__b.sql", "create table b ();");

        // Then
        assertThat(planner.refusal(migration("occupied", V1, v2))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("HISTORY_MISSING");
            assertThat(failure.remedy()).contains("baselineVersion");
        });
        var baseline = new FlywaySettings(Map.of(), List.of(), false, new MigrationVersion("1"));
        RunId run = accepted(migration("occupied", new ScriptSource.Inline(List.of(V1, v2)), null, baseline, false));
        assertThat(planner.planned(run).plan().scripts())
                .extracting(script -> script.name())
                .containsExactly("V2__b.sql");
    }

    @Test
    void readsScriptsFromAllowedDirectoriesOnly() throws Exception {
        // Given
        Path allowed = Path.of(ConfigProvider.getConfig().getValue(PlannerServersResource.SCRIPTS, String.class));
        Files.createDirectories(allowed.resolve("shop/db"));
        Files.writeString(allowed.resolve("shop/db/V1__a.sql"), V1.content());
        Files.createDirectories(allowed.resolve("empty"));

        // Then
        assertThat(planner.refusal(directory("nowhere")).message())
                .contains("nowhere")
                .contains("does not exist");
        assertThat(planner.refusal(directory("../..")).code()).isEqualTo("DIRECTORY_NOT_ALLOWED");
        assertThat(planner.refusal(directory("/etc")).remedy()).contains("slipway.planner.script-directories");
        assertThat(planner.refusal(directory("empty")).code()).isEqualTo("NO_SCRIPTS");
        RunId run = accepted(directory("shop"));
        assertThat(planner.planned(run).plan().scripts())
                .extracting(script -> script.name())
                .containsExactly("db/V1__a.sql");
    }

    @Test
    void givesUpOnATargetThatIsDownOrRefusesThePassword() {
        // When
        RunId down = accepted(migration("down", V1));
        RunId locked = accepted(migration("locked", V1));

        // Then
        for (RunId run : List.of(down, locked)) {
            RunCancelled cancelled = planner.cancelled(run);
            assertThat(cancelled.cause()).isEqualTo(Cause.TARGET_UNREACHABLE);
            assertThat(cancelled.failure().message()).contains("127.0.0.1").doesNotContain("hunter2");
            assertThat(cancelled.failure().remedy()).isNotBlank();
        }
        assertThat(planner.cancelled(locked).failure().code()).isEqualTo("TARGET_AUTHENTICATION_FAILED");
    }

    @Test
    void offersHealthMetricsAndADescriptionOfItsInterface() {
        post(migration("nowhere", V1)).then().statusCode(422);
        post(cancellation("shop", RunId.random())).then().statusCode(404);
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(allOf(containsString("slipway_run_rejected_total"), containsString("slipway_run_queued")));
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/api/v1/requests'.post.parameters.name", hasItem("Idempotency-Key"));
    }

    private static MigrationRequested toVersion(String target, String version) {
        return migration(target, new ScriptSource.Inline(List.of(V1)), version, FlywaySettings.DEFAULTS, false);
    }

    private static MigrationRequested directory(String path) {
        return migration("folder", new ScriptSource.Directory(path), null, FlywaySettings.DEFAULTS, false);
    }

    private static double repeats() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("slipway_event_received_total")
                        && line.contains("REPEATED")
                        && line.contains("MigrationRequested"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
