package io.slipway.audit.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.slipway.audit.RunFixture;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.eventing.SharedServersResource;
import io.slipway.eventing.inbox.Polls;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a poll may bring together. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class IntakeIT {
    private static final Instant BEYOND_THE_DATABASE = Instant.parse("+1000000-01-01T00:00:00Z");

    @Inject
    Polls polls;

    @Inject
    Intake intake;

    private final EventCodec codec = new EventCodec();

    @Test
    void refusesWhatIsNoEventAndWhatTheDatabaseCannotHoldAndStoresTheirNeighbours() {
        // Given
        RunFixture run = RunFixture.on("refusing");
        Envelope timeless = new Envelope("1", "/slipway/test", "", BEYOND_THE_DATABASE, null);
        var records = List.of(
                record(run, run.planned(), 1),
                record("refusing", Map.of("ce_id", "1"), "no event"),
                record(run, run.validated(), 2),
                record(timeless, run.held()),
                record(run, run.released(), 3));

        // When
        Map<Integer, RuntimeException> refused = take(records);

        // Then
        assertThat(refused).containsOnlyKeys(1, 3);
        assertThat(refused.get(1)).isInstanceOf(UnreadableEvent.class).hasMessageContaining("'ce_type' is missing");
        assertThat(refused.get(3)).hasMessageContaining("timestamp").hasMessageNotContaining("insert into event");
        assertThat(stored(run)).containsExactly("MigrationPlanned", "ValidationPassed", "RunReleased");
        assertThat(told(run).getString("run.state")).isEqualTo("RELEASED");
    }

    @Test
    void takesAnEventOnceThatComesAgainInTheSameBatchAndInTheNext() {
        // Given
        RunFixture run = RunFixture.on("repeating");
        var planned = record(run, run.planned(), 1);
        var validated = record(run, run.validated(), 2);
        var applied = record(run, run.applied(), 3);

        // When
        var refused = Stream.of(List.of(planned, planned, validated), List.of(validated, planned, applied, applied))
                .map(this::take)
                .toList();

        // Then
        assertThat(refused).allSatisfy(none -> assertThat(none).isEmpty());
        assertThat(stored(run)).containsExactly("MigrationPlanned", "ValidationPassed", "MigrationApplied");
        assertThat(told(run).getList("steps")).hasSize(3);
        assertThat(told(run).getList("migrations")).hasSize(2);
        assertThat(told(run).getLong("run.revision")).isEqualTo(3);
    }

    @Test
    void keepsAnUnknownTypeInItsPlaceAmongTheOthers() {
        // Given
        RunFixture run = RunFixture.on("foretelling");
        var foretold = unknown(run, "{}");

        // When
        var refused = take(List.of(record(run, run.planned(), 1), foretold, record(run, run.validated(), 2), foretold));

        // Then
        assertThat(refused).isEmpty();
        assertThat(stored(run)).containsExactly("MigrationPlanned", "MigrationForetold", "ValidationPassed");
        assertThat(told(run).getString("run.state")).isEqualTo("VALIDATED");
    }

    @Test
    void tellsWhatWasAppliedUndoneAndAppliedAgainWithinOneBatch() {
        // Given
        RunFixture first = RunFixture.on("undoing");
        RunFixture rollback = RunFixture.on("undoing").at(first.begin().plusSeconds(100));
        RunFixture again = RunFixture.on("undoing").at(first.begin().plusSeconds(200));

        // When
        take(List.of(
                record(first, first.planned(), 1),
                record(first, first.applied(), 2),
                record(rollback, rollback.rolledBack(), 1),
                record(again, again.applied(), 1),
                record(first, first.held(), 3)));

        // Then
        assertThat(told(first).getList("migrations.undoneByRun", String.class))
                .containsExactly(null, rollback.run().toString());
        assertThat(told(again).getList("migrations.undoneByRun", String.class)).containsExactly(null, null);
        assertThat(told(first).getString("run.state")).isEqualTo("ENDED");
    }

    @Test
    void takesLargeRecordsOneAfterTheOther() {
        // Given
        RunFixture run = RunFixture.on("large");
        String body = "\"%s\"".formatted("x".repeat(3 * 1024 * 1024));

        // When
        var refused = take(List.of(
                unknown(run, body),
                unknown(run, body),
                record("large", Map.of("ce_id", "1"), "no event"),
                record(run, run.planned(), 1)));

        // Then
        assertThat(refused).containsOnlyKeys(2);
        assertThat(stored(run)).containsExactly("MigrationForetold", "MigrationForetold", "MigrationPlanned");
    }

    private Map<Integer, RuntimeException> take(List<ConsumerRecord<String, byte[]>> records) {
        return polls.take(records, intake.work());
    }

    private static ConsumerRecord<String, byte[]> unknown(RunFixture run, String body) {
        return record(
                run.target().name(),
                Map.of(
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        "/slipway/oracle",
                        "ce_type",
                        "io.slipway.MigrationForetold.v1",
                        "ce_subject",
                        run.run().toString()),
                body);
    }

    private ConsumerRecord<String, byte[]> record(RunFixture run, MigrationEvent event, int second) {
        return record(run.envelope(event, second), event);
    }

    private ConsumerRecord<String, byte[]> record(Envelope envelope, MigrationEvent event) {
        var encoded = codec.encode(envelope, event);
        return record(encoded.key(), encoded.headers(), new String(encoded.body(), StandardCharsets.UTF_8));
    }

    private static ConsumerRecord<String, byte[]> record(String key, Map<String, String> headers, String body) {
        var record = new ConsumerRecord<>(Topics.EVENTS, 0, 0, key, body.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static JsonPath told(RunFixture run) {
        return given().get("/api/v1/runs/" + run.run())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<String> stored(RunFixture run) {
        return given().get("/api/v1/events?run=" + run.run()).jsonPath().getList("events.type", String.class).stream()
                .map(type -> type.split("\\.")[2])
                .toList();
    }
}
