package io.slipway.planner;

import static io.restassured.RestAssured.given;
import static io.slipway.planner.PlannerFixture.accepted;
import static io.slipway.planner.PlannerFixture.awaitState;
import static io.slipway.planner.PlannerFixture.dryRun;
import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.migration;
import static io.slipway.planner.PlannerFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.planner.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What deployment systems find at the HTTP door: a run to poll, to wait for, to follow and to give up. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class FrontDoorIT {
    private static final ScriptFile V1 = file("V1__a.sql", "create table a (id int primary key);");

    private PlannerFixture planner;

    @BeforeEach
    void open() {
        planner = new PlannerFixture();
    }

    @AfterEach
    void close() {
        given().get("/api/v1/runs?target=door").jsonPath().<Map<String, Object>>getList("").stream()
                .filter(run -> !run.get("percent").equals(100))
                .forEach(run -> cancel(RunId.of(run.get("runId").toString()), "the test", "it is over"));
        planner.close();
    }

    @Test
    void jobThatPollsFindsALocationAStableStateAndAPercentageAndItsRerunTheSameRun() {
        // Given
        String key = UUID.randomUUID().toString();
        String location =
                post(key, dryRun("door", V1)).then().statusCode(202).extract().header("Location");
        RunId run = RunId.of(given().get(location).jsonPath().getString("runId"));

        // When
        planner.pass(run, "door", planner.planned(run).plan().digest());
        var end = awaitState(run, "DRY_RUN_COMPLETED").jsonPath();

        // Then
        assertThat(end.getInt("percent")).isEqualTo(100);
        post(key, dryRun("door", V1))
                .then()
                .statusCode(200)
                .header("Location", equalTo(location))
                .body("runId", equalTo(run.toString()))
                .body("state", equalTo("DRY_RUN_COMPLETED"));
        // deployment systems name these in their configuration: none may go or change
        assertThat(RunState.values())
                .extracting(RunState::name)
                .contains(
                        "QUEUED",
                        "PLANNING",
                        "VALIDATING",
                        "HELD",
                        "RELEASED",
                        "BACKED_UP",
                        "RUNNING",
                        "APPLIED",
                        "ROLLED_BACK",
                        "NOT_NEEDED",
                        "DRY_RUN_COMPLETED",
                        "FAILED",
                        "CANCELLED");
    }

    @Test
    void waitingWithoutARevisionWaitsForTheNextChange() {
        // Given
        RunId run = waiting();
        var answer = CompletableFuture.supplyAsync(() -> given().get("/api/v1/runs/{id}?wait=60s", run.toString()));

        // When
        await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());
        cancel(run, "ada", "not today").then().statusCode(202);

        // Then
        answer.join().then().statusCode(200).body("state", equalTo("CANCELLED"));
        given().get("/api/v1/runs/{id}?wait=60s", run.toString()).then().body("state", equalTo("CANCELLED"));
    }

    @Test
    void streamTellsEachChangeUntilTheEndAndAReaderWhoComesBackWhatItMissed() {
        // Given
        RunId run = waiting();
        try (StreamFixture stream = StreamFixture.open(run)) {
            String first = stream.next();
            String comment = stream.next();

            // When
            cancel(run, "ada", "not today").then().statusCode(202);
            List<String> rest = stream.rest();

            // Then
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(first).contains("\"state\":\"VALIDATING\"", "\"runId\":\"" + run);
            assertThat(comment).startsWith(":").doesNotContain("data");
            assertThat(rest).singleElement().asString().contains("\"state\":\"CANCELLED\"", "\"percent\":100");
            try (StreamFixture again = StreamFixture.openAfter(run, id(first));
                    StreamFixture nothingNew = StreamFixture.openAfter(run, id(rest.getFirst()))) {
                assertThat(again.rest()).isEqualTo(rest);
                assertThat(nothingNew.status()).isEqualTo(204);
            }
        }
    }

    @Test
    void streamsAreRefusedWhenAsManyFollowAsMayUntilOneHangsUp() {
        // Given
        RunId run = waiting();
        List<StreamFixture> streams = new ArrayList<>();
        for (int i = 0; i < PlannerServersResource.MOST_FOLLOWERS; i++) {
            streams.add(StreamFixture.open(run));
        }

        // When
        try (StreamFixture oneMore = StreamFixture.open(run)) {
            // Then
            assertThat(oneMore.status()).isEqualTo(503);
            assertThat(oneMore.header("Retry-After")).isEqualTo("5");
            given().get("/api/v1/runs/{id}?wait=60s", run.toString()).then().statusCode(200);
        }
        streams.forEach(StreamFixture::close);
        await().untilAsserted(() -> {
            try (StreamFixture next = StreamFixture.open(run)) {
                assertThat(next.status()).isEqualTo(200);
            }
        });
    }

    @Test
    void deleteGivesARunUpOnceHoweverOftenItIsSent() {
        // Given
        RunId run = waiting();

        // When
        cancel(run, "ada", "not today")
                .then()
                .statusCode(202)
                .header("Location", endsWith("/api/v1/runs/" + run))
                .body("state", equalTo("CANCELLED"));
        cancel(run, "ada", "not today").then().statusCode(200).body("runId", equalTo(run.toString()));

        // Then
        cancel(run, "ada", "never").then().statusCode(409).body("code", equalTo("KEY_CONFLICT"));
        cancel(run, "bob", "me too").then().statusCode(409).body("code", equalTo("NOT_CANCELLABLE"));
        RunCancelled cancelled = planner.cancelled(run);
        assertThat(cancelled.cause()).isEqualTo(Cause.REQUESTED);
        assertThat(cancelled.failure().message()).contains("ada", "not today");
        var published = planner.events.await(
                Topics.REQUESTS,
                received -> received.event() instanceof CancellationRequested e
                        && e.runId().equals(run));
        assertThat(published.event()).isEqualTo(new CancellationRequested(cancelled.target(), run, "ada", "not today"));
    }

    @Test
    void saysWhatIsWrongWithACallAboutARun() {
        RunId nobody = RunId.random();
        RunId run = waiting();
        cancel(nobody, "ada", "not today").then().statusCode(404).body("code", equalTo("UNKNOWN_RUN"));
        cancel(run, "", "not today").then().statusCode(400).body("detail", containsString("requestedBy"));
        cancel(run, "ada", "").then().statusCode(400).body("remedy", containsString("?by="));
        given().delete("/api/v1/runs/17?by=a&reason=b").then().statusCode(400);
        try (StreamFixture unknown = StreamFixture.open(nobody);
                StreamFixture wrong = StreamFixture.openAfter(run, "yesterday")) {
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.next()).contains("UNKNOWN_RUN");
            assertThat(wrong.status()).isEqualTo(400);
        }
    }

    /** A run that waits for the validator, which is this test and says nothing. */
    private RunId waiting() {
        RunId run = accepted(migration("door", V1));
        planner.planned(run);
        awaitState(run, "VALIDATING");
        return run;
    }

    private static Response cancel(RunId run, String by, String reason) {
        return given().queryParam("by", by).queryParam("reason", reason).delete("/api/v1/runs/{id}", run.toString());
    }

    private static String id(String event) {
        return Pattern.compile("^id: *(\\d+)$", Pattern.MULTILINE)
                .matcher(event)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1))
                .orElseThrow();
    }
}
