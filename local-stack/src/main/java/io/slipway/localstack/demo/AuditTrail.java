package io.slipway.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** The runs of the demo's target, asked from the audit service. */
final class AuditTrail {

    private static final String TARGET = "default";

    /** The most that the service gives in one answer; the tour makes a handful. */
    private static final int LIMIT = 500;

    /** The service reads the events on its own, so it may be a moment behind. */
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final String address;

    /** The trail that is kept by the audit service at this base URL. */
    AuditTrail(String address) {
        this.address = address;
    }

    /**
     * Waits until the service knows the end of that many runs, and counts.
     *
     * @throws UnexpectedOutcome when it does not within half a minute
     */
    Tally after(int runs) {
        var deadline = System.nanoTime() + CATCH_UP.toNanos();
        var ended = ended();
        while (ended.size() < runs) {
            if (System.nanoTime() > deadline) {
                throw new UnexpectedOutcome("The audit service knows the end of %d runs after %d s; expected were %d."
                        .formatted(ended.size(), CATCH_UP.toSeconds(), runs));
            }
            pause();
            ended = ended();
        }
        var refused =
                ended.stream().filter(run -> is(run, "outcome", "REFUSED")).count();
        var entries = list("/api/v1/targets/%s/history?limit=%d".formatted(TARGET, LIMIT), "entries");
        return new Tally(
                entries.stream().filter(entry -> is(entry, "what", "APPLIED")).count(),
                refused,
                entries.stream().filter(entry -> is(entry, "what", "UNDONE")).count(),
                ended.size());
    }

    private List<JsonNode> ended() {
        return list("/api/v1/runs?target=%s&limit=%d".formatted(TARGET, LIMIT), "runs").stream()
                .filter(run -> run.hasNonNull("outcome"))
                .toList();
    }

    private List<JsonNode> list(String path, String field) {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(ANSWER)
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new UnexpectedOutcome("The audit service answers %s with status %d: %s"
                        .formatted(path, answer.statusCode(), answer.body()));
            }
            return StreamSupport.stream(json.readTree(answer.body()).path(field).spliterator(), false)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The audit service does not answer at " + address, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static boolean is(JsonNode node, String field, String value) {
        return node.path(field).asText().equals(value);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for the audit service", e);
    }
}
