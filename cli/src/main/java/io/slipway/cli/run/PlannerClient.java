package io.slipway.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.connect.ServiceAway;
import io.slipway.cli.connect.ServiceClient;
import io.slipway.cli.output.Json;
import io.slipway.contracts.RunId;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

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
        return persistently(() -> planner.post("/api/v1/requests", headers, body, ANSWER));
    }

    /**
     * Gives a run up. A lost answer is asked for again: the run and who asks are the key.
     *
     * @throws ServiceAway when nobody answers
     */
    Accepted cancel(RunId run, String by, String reason, boolean now) {
        String path = "/api/v1/runs/%s?by=%s&reason=%s%s"
                .formatted(run, encoded(by), encoded(reason), now ? "&now=true" : "");
        return persistently(() -> planner.delete(path, ANSWER));
    }

    private static Accepted persistently(Supplier<JsonNode> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Accepted.of(call.get());
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

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] json(Request request) {
        try {
            return Json.mapper().writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request of our own cannot be written as JSON.", e);
        }
    }
}
