package io.slipway.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.connect.ServiceAway;
import io.slipway.cli.connect.ServiceClient;
import io.slipway.cli.output.Json;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.Request;
import java.time.Duration;
import java.util.Map;

/** Hands requests to the planner and asks it about runs. */
final class PlannerClient {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 3;

    private final ServiceClient planner;

    PlannerClient(ServiceClient planner) {
        this.planner = planner;
    }

    /**
     * Publishes a request. A lost answer is asked for again: the key makes that safe.
     *
     * @throws ServiceAway when nobody answers
     */
    Accepted submit(Request request, String idempotencyKey) {
        Map<String, String> headers = Map.of(
                "ce-specversion",
                "1.0",
                "ce-id",
                idempotencyKey,
                "ce-type",
                EventTypes.nameOf(request.getClass()),
                "ce-source",
                "/slipway/cli",
                "ce-subject",
                request.target().name(),
                "Idempotency-Key",
                idempotencyKey);
        byte[] body = json(request);
        for (int attempt = 1; ; attempt++) {
            try {
                JsonNode answer = planner.post("/api/v1/requests", headers, body, ANSWER);
                return new Accepted(
                        answer.path("runId").asText(),
                        answer.path("requestId").asText(idempotencyKey),
                        answer.path("target").asText(request.target().name()),
                        answer.path("state").asText("QUEUED"));
            } catch (ServiceAway away) {
                if (attempt == ATTEMPTS || !away.connected()) {
                    throw away;
                }
            }
        }
    }

    /**
     * The run as it is once it differs from {@code after}, or when {@code wait} is over.
     *
     * @param after the revision that is known already, or -1 for none
     */
    RunView run(String runId, Duration wait, long after) {
        String query = after < 0 ? "" : "?wait=%ds&after=%d".formatted(Math.max(1, wait.toSeconds()), after);
        return RunView.of(planner.get("/api/v1/runs/" + runId + query, wait.plus(ANSWER)));
    }

    private static byte[] json(Request request) {
        try {
            return Json.mapper().writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request of our own cannot be written as JSON.", e);
        }
    }
}
