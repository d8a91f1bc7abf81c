package io.slipway.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.eventing.SharedServersResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From events on Kafka to answers over HTTP. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class HistoryIT {
    private HistoryProbe history;

    @BeforeEach
    void connect() {
        history = new HistoryProbe();
    }

    @AfterEach
    void disconnect() {
        history.close();
    }

    @Test
    void tellsTheWholeOfARun() {
        // Given
        RunFixture run = RunFixture.on("whole");

        // When
        history.publish(run, run.migration());

        // Then
        JsonPath json = history.awaitOutcome(run.run(), "APPLIED");
        assertThat(json.getString("run.kind")).isEqualTo("MIGRATION");
        assertThat(json.getString("run.request.id")).isEqualTo(run.requestId());
        assertThat(json.getString("run.requestedBy")).isEqualTo("deployer");
        assertThat(json.getString("run.changeReference")).isEqualTo("CHG-42");
        assertThat(json.getString("run.fromVersion")).isEqualTo("1");
        assertThat(json.getString("run.toVersion")).isEqualTo("3");
        assertThat(json.getString("run.risk")).isEqualTo("MEDIUM");
        assertThat(json.getLong("run.rowsAffected")).isEqualTo(1200);
        assertThat(json.getList("run.tablesModified", String.class)).containsExactly("public.product");
        assertThat(json.getString("run.backup.location")).isEqualTo("file:///backups/shop.dump");
        assertThat(json.getLong("migrations[1].figures.rows.updated")).isEqualTo(1200);
        assertThat(json.getString("migrations[1].figures.statements[0].kind")).isEqualTo("UPDATE");
        assertThat(json.getLong("run.durationMs")).isEqualTo(9_000);
        assertThat(json.getLong("run.executionMs")).isEqualTo(400);
        assertThat(json.getList("steps.type", String.class))
                .extracting(type -> type.split("\\.")[2])
                .containsExactly(
                        "MigrationPlanned",
                        "ValidationPassed",
                        "RunHeld",
                        "RunReleased",
                        "BackupCompleted",
                        "MigrationStarted",
                        "MigrationProgressed",
                        "MigrationProgressed",
                        "MigrationApplied");
        assertThat(json.getList("migrations.version", String.class)).containsExactly("2", "3");
        assertThat(json.getList("planned", String.class)).containsExactly("V2__cart.sql", "V3__prices.sql");
        assertThat(json.getString("findings[0].saferSql")).contains("between 1 and 1000");
        assertThat(json.getString("checks[0].name")).isEqualTo("connections");

        List<String> stored = events(run).getList("events.type", String.class);
        assertThat(stored).hasSize(run.migration().size()).contains("io.slipway.MigrationRequested.v1");
        assertThat(events(run).getString("events[1].body.plan.scripts[0].sql")).isEqualTo(RunFixture.SQL_2);
    }

    @Test
    void countsARepeatedEventOnce() {
        // Given
        RunFixture run = RunFixture.on("repeated");
        List<Envelope> envelopes = new ArrayList<>();
        for (MigrationEvent event : run.migration()) {
            Envelope envelope = run.envelope(event, envelopes.size());
            envelopes.add(envelope);
            history.publish(envelope, event);
        }
        JsonPath once = history.awaitOutcome(run.run(), "APPLIED");

        // When
        for (int i = 0; i < envelopes.size(); i++) {
            history.publish(envelopes.get(i), run.migration().get(i));
        }
        RunFixture next = RunFixture.on("repeated");
        history.publish(next, List.of(next.requested(), next.notNeeded()));
        history.awaitOutcome(next.run(), "NOT_NEEDED");

        // Then
        assertThat(history.run(run.run()).prettify()).isEqualTo(once.prettify());
        assertThat(events(run).getList("events")).hasSize(envelopes.size());
    }

    @Test
    void storesAnEventOfATypeFromTheFuture() {
        // Given
        RunFixture run = RunFixture.on("future");
        history.publish(run, run.migration());
        Map<String, String> headers = Map.of(
                "ce_id", UUID.randomUUID().toString(),
                "ce_source", "/slipway/oracle",
                "ce_type", "io.slipway.MigrationForetold.v1",
                "ce_subject", run.run().toString(),
                "ce_time", "2026-01-31T09:00:00Z");

        // When
        byte[] body = "{\"omen\": \"\\u0000\"}".getBytes(StandardCharsets.UTF_8);
        history.events().publish(Topics.EVENTS, "future", headers, body);
        history.events().publish(Topics.EVENTS, "future", headers, body);

        // Then
        history.awaitOutcome(run.run(), "APPLIED");
        Awaitility.await().atMost(HistoryProbe.PATIENCE).untilAsserted(() -> assertThat(
                        events(run).getList("events.findAll { it.type =~ /Foretold/ }.raw", String.class))
                .containsExactly("{\"omen\": \"\\u0000\"}"));
    }

    @Test
    void tellsARunWhoseReasonTheDatabaseCannotHoldAsItIs() {
        // Given
        RunFixture run = RunFixture.on("nul").because("Nul: \0, half a pair: \ud800.");

        // When
        history.publish(run, run.migration());

        // Then
        JsonPath json = history.awaitOutcome(run.run(), "APPLIED");
        assertThat(json.getString("run.reason")).startsWith("Nul: \ufffd, half");
        assertThat(events(run).getString("events[0].raw")).contains("Nul: \\u0000");
    }

    @Test
    void sendsARecordThatIsNoCloudEventToTheDeadLettersAndGoesOn() {
        // Given
        byte[] nonsense = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);

        // When
        history.events().publish(Topics.EVENTS, "poisoned", Map.of(), nonsense);
        RunFixture run = RunFixture.on("poisoned");
        history.publish(run, run.migration());

        // Then
        history.awaitOutcome(run.run(), "APPLIED");
        history.events().awaitDeadLetter("audit", letter -> java.util.Arrays.equals(letter.value(), nonsense));
    }

    @Test
    void comesToTheSameWhenTheRequestArrivesLast() {
        // Given
        RunFixture run = RunFixture.on("reordered");
        List<MigrationEvent> facts = run.migration().subList(1, run.migration().size());
        for (int i = 0; i < facts.size(); i++) {
            history.publish(run.envelope(facts.get(i), i + 1), facts.get(i));
        }
        Awaitility.await().atMost(HistoryProbe.PATIENCE).until(() -> "APPLIED"
                .equals(given().get("/api/v1/runs/" + run.run()).jsonPath().getString("run.outcome")));

        // When
        history.publish(run.envelope(run.requested(), 0), run.requested());

        // Then
        JsonPath json = history.awaitOutcome(run.run(), "APPLIED");
        assertThat(json.getString("run.request.id")).isEqualTo(run.requestId());
        assertThat(json.getString("run.createdAt")).isEqualTo(run.begin().toString());
        assertThat(json.getLong("run.durationMs")).isEqualTo(9_000);
    }

    @Test
    void knowsWhoAskedForARunThatWasNeverPlanned() {
        // Given
        RunFixture run = RunFixture.on("unplanned");

        // When
        history.publish(run, List.of(run.requested(), run.cancelled(RunCancelled.Cause.PLAN_REFUSED)));

        // Then
        JsonPath json = history.awaitOutcome(run.run(), "REFUSED");
        assertThat(json.getString("run.requestedBy")).isEqualTo("deployer");
        assertThat(json.getString("run.kind")).isEqualTo("MIGRATION");
        assertThat(json.getString("run.failure.remedy")).isEqualTo("Correct the script.");
    }

    @Test
    void listsARequestFromItsArrivalAndItsRejection() {
        // Given
        RunFixture run = RunFixture.on("rejected");
        history.publish(run, List.of(run.requested()));
        history.awaitState(run.run(), "REQUESTED");

        // When
        history.publish(run.envelope(run.rejected(), 1), run.rejected());

        // Then
        history.awaitOutcome(run.run(), "REJECTED");
        assertThat(list("target=rejected").getList("runs.outcome", String.class))
                .containsExactly("REJECTED");
    }

    @Test
    void tellsWhatWasAppliedUndoneAndFailedOnATarget() {
        // Given
        RunFixture first = RunFixture.on("history");
        RunFixture rollback = RunFixture.on("history").at(first.begin().plusSeconds(100));
        RunFixture failed = RunFixture.on("history").at(first.begin().plusSeconds(200));

        // When
        history.publish(first, first.migration());
        history.publish(
                rollback, List.of(rollback.rollbackRequested(), rollback.rollbackPlanned(), rollback.rolledBack()));
        history.publish(failed, List.of(failed.requested(), failed.planned(), failed.started(), failed.failed()));
        history.awaitOutcome(failed.run(), "FAILED");

        // Then
        JsonPath json = given().get("/api/v1/targets/history/history")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(json.getList("entries.what", String.class))
                .containsExactly("FAILED", "APPLIED", "UNDONE", "APPLIED", "APPLIED");
        assertThat(json.getList("entries.version", String.class)).containsExactly(null, "2", "3", "3", "2");
        assertThat(json.getString("entries[0].error")).startsWith("SCRIPT_FAILED: relation");
        assertThat(json.getString("entries[2].requestedBy")).isEqualTo("oncall");
        assertThat(json.getString("entries[3].undoneByRun"))
                .isEqualTo(rollback.run().toString());
        assertThat(json.getString("entries[4].undoneByRun")).isNull();
        assertThat(history.run(rollback.run()).getString("run.toVersion")).isEqualTo("2");
    }

    @Test
    void pagesThroughTheRunsOfATargetWithoutGapsOrRepeats() {
        // Given
        RunFixture last = RunFixture.on("paged");
        for (int i = 0; i < 5; i++) {
            RunFixture run = RunFixture.on("paged").at(last.begin().minusSeconds(i / 2));
            history.publish(run, List.of(run.requested(), run.notNeeded()));
            history.awaitOutcome(run.run(), "NOT_NEEDED");
        }
        List<String> all = list("target=paged").getList("runs.id", String.class);

        // When
        List<String> paged = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = list("target=paged&outcome=not_needed&limit=2&before=" + next);
            paged.addAll(page.getList("runs.id", String.class));
            next = page.getString("next");
        }

        // Then
        assertThat(all).hasSize(5);
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void sumsUpForPeopleAndForPrometheus() {
        // Given
        RunFixture good = RunFixture.on("summed");
        RunFixture bad = RunFixture.on("summed").at(good.begin().plusSeconds(60));

        // When
        history.publish(good, good.migration());
        history.publish(bad, List.of(bad.requested(), bad.planned(), bad.started(), bad.failed()));
        history.awaitOutcome(bad.run(), "FAILED");

        // Then
        JsonPath json =
                given().get("/api/v1/metrics").then().statusCode(200).extract().jsonPath();
        assertThat(json.getInt("targets.summed.runs.APPLIED")).isOne();
        assertThat(json.getInt("targets.summed.runs.FAILED")).isOne();
        assertThat(json.getDouble("targets.summed.duration.p50Ms")).isEqualTo(6_000.0);
        assertThat(json.getLong("targets.summed.rowsAffected")).isEqualTo(1_200);
        assertThat(json.getString("targets.summed.lastError.run"))
                .isEqualTo(bad.run().toString());
        assertThat(json.getInt("overall.runs.FAILED")).isPositive();
        assertThat(given().get("/api/v1/metrics?since=2030-01-01T00:00:00Z")
                        .jsonPath()
                        .getMap("overall.runs"))
                .isEmpty();

        String prometheus = given().get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replace(",}", "}");
        assertThat(prometheus)
                .contains("slipway_runs_total{target=\"summed\",outcome=\"APPLIED\",kind=\"MIGRATION\"} 1.0")
                .contains(
                        "slipway_run_duration_seconds_bucket{target=\"summed\",outcome=\"APPLIED\",kind=\"MIGRATION\",le=\"10.0\"} 1.0")
                .contains("slipway_rows_affected_total{target=\"summed\"} 1200.0")
                .contains("slipway_wal_bytes_total{target=\"summed\"} 4096.0")
                .contains("slipway_lock_wait_seconds_total{target=\"summed\"} 1.5")
                .contains("slipway_run_last_failure_timestamp_seconds{target=\"summed\"}");
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        problem("/api/v1/runs/" + UUID.nameUUIDFromBytes(new byte[1]), 404)
                .body(
                        "detail",
                        Matchers.containsString(
                                UUID.nameUUIDFromBytes(new byte[1]).toString()));
        problem("/api/v1/runs/nonsense", 404).body("detail", Matchers.containsString("'nonsense'"));
        problem("/api/v1/runs?limit=0", 400).body("detail", Matchers.containsString("'limit' must be a number from 1"));
        problem("/api/v1/runs?limit=many", 400).body("detail", Matchers.containsString("'many'"));
        problem("/api/v1/runs?outcome=lost", 400).body("detail", Matchers.containsString("ROLLED_BACK"));
        problem("/api/v1/runs?before=x", 400).body("detail", Matchers.containsString("'before'"));
        problem("/api/v1/targets/nowhere/history", 404).body("detail", Matchers.containsString("'nowhere'"));
        problem("/api/v1/metrics?since=yesterday", 400).body("detail", Matchers.containsString("'yesterday'"));
        problem("/api/v1/events?run=7", 400).body("detail", Matchers.containsString("'run'"));
    }

    @Test
    void describesItself() {
        given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths", Matchers.hasKey("/api/v1/runs/{id}"))
                .body("paths", Matchers.hasKey("/api/v1/targets/{target}/history"))
                .body("paths", Matchers.not(Matchers.hasKey("/runs/{id}")));
    }

    private static ValidatableResponse problem(String path, int status) {
        return given().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", Matchers.equalTo(status));
    }

    private static JsonPath list(String query) {
        return given().get("/api/v1/runs?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath events(RunFixture run) {
        return given().get("/api/v1/events?run=" + run.run())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
