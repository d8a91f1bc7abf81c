package io.slipway.planner.run;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.slipway.planner.PlannerServersResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class RunPruningIT {
    private static final Duration IN_TIME = Duration.ofSeconds(30);

    @Inject
    DueRunStore store;

    @Test
    void forgetsRunsAndKeysThatEndedLongAgo() {
        // Given: a run that ends at once, since its target does not answer
        String run = request().then().statusCode(202).extract().path("runId");
        Awaitility.await().atMost(IN_TIME).until(() -> "CANCELLED"
                .equals(find(run).path("state")));
        request().then().statusCode(200);

        // When
        store.prune(Instant.now().minusSeconds(3600));
        Response kept = find(run);
        store.prune(Instant.now().plusSeconds(60));

        // Then
        assertThat(kept.statusCode()).isEqualTo(200);
        assertThat(find(run).statusCode()).isEqualTo(404);
        request().then().statusCode(202);
    }

    private static Response find(String run) {
        return given().get("/api/v1/runs/{id}", run);
    }

    private static Response request() {
        return given().header("ce-type", "MigrationRequested")
                .header("Idempotency-Key", "pruned")
                .contentType("application/json")
                .body("""
                        {"target": "down", "scripts": {"kind": "inline", "files": []}, "dryRun": true,
                         "requestedBy": "ada", "reason": "to be forgotten"}
                        """)
                .post("/api/v1/requests");
    }
}
