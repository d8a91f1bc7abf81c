package io.slipway.audit;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.slipway.contracts.RunId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.Request;
import io.slipway.eventing.EventProbe;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Publishes the events of a run as the services would, and asks the audit service what it made of them. */
public final class HistoryProbe implements AutoCloseable {
    /** Long, since a build machine may be busy with other things; a test that passes never waits for it. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EventProbe events = EventProbe.connect();

    public EventProbe events() {
        return events;
    }

    /** Each on its topic, one second after the other. */
    public void publish(RunFixture run, List<? extends MigrationEvent> happened) {
        for (int i = 0; i < happened.size(); i++) {
            MigrationEvent event = happened.get(i);
            publish(run.envelope(event, i), event);
        }
    }

    public void publish(Envelope envelope, MigrationEvent event) {
        events.publish(event instanceof Request ? Topics.REQUESTS : Topics.EVENTS, envelope, event);
    }

    /** The run as the API tells it, once it has that outcome and the request is known. */
    public JsonPath awaitOutcome(RunId run, String outcome) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            JsonPath json = given().get("/api/v1/runs/" + run).jsonPath();
            return outcome.equals(json.getString("run.outcome")) && json.getString("run.request.source") != null;
        });
        return run(run);
    }

    public void awaitState(RunId run, String state) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> state.equals(
                        given().get("/api/v1/runs/" + run).jsonPath().getString("run.state")));
    }

    public JsonPath run(RunId run) {
        return given().get("/api/v1/runs/" + run)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Override
    public void close() {
        events.close();
    }
}
