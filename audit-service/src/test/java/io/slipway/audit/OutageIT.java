package io.slipway.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.eventing.OutageServersResource;
import io.slipway.localstack.server.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(OutageServersResource.class)
class OutageIT {
    PostgresServer postgres;

    @Test
    void losesDoublesAndDisordersNothingWhenTheDatabaseIsKilledUnderABatch() {
        try (HistoryProbe history = new HistoryProbe()) {
            // Given
            RunFixture before = RunFixture.on("killed");
            Envelope repeated = before.envelope(before.notNeeded(), 1);
            history.publish(repeated, before.notNeeded());
            history.publish(before.envelope(before.requested(), 0), before.requested());
            history.awaitOutcome(before.run(), "NOT_NEEDED");
            RunFixture run = RunFixture.on("killed");
            var events = run.migration();

            // When
            postgres.kill();
            history.publish(run, events.subList(0, 5));
            history.publish(repeated, before.notNeeded());
            history.events().publish(Topics.EVENTS, "killed", Map.of(), "poison".getBytes(StandardCharsets.UTF_8));
            history.publish(run, events.subList(5, events.size()));
            postgres.restart();

            // Then
            history.awaitOutcome(run.run(), "APPLIED");
            assertThat(stored(run))
                    .containsExactlyInAnyOrderElementsOf(events.stream()
                            .map(event -> "io.slipway.%s.v1"
                                    .formatted(event.getClass().getSimpleName()))
                            .toList())
                    .endsWith("io.slipway.MigrationApplied.v1");
            assertThat(stored(before)).hasSize(2);
            history.events().awaitDeadLetter("audit", letter -> "killed".equals(letter.key()));
            assertThat(history.events().records(Topics.deadLetters("audit"))).hasSize(1);
        }
    }

    private static List<String> stored(RunFixture run) {
        return given().get("/api/v1/events?run=" + run.run()).jsonPath().getList("events.type", String.class);
    }
}
