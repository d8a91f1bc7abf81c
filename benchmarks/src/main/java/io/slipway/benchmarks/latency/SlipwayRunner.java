package io.slipway.benchmarks.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.RunFact;
import io.slipway.localstack.supervise.Addresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Migrates the stack's own target as a deployment system would: a request over HTTP, then the facts from Kafka. */
final class SlipwayRunner implements AutoCloseable {

    private static final TargetId TARGET = new TargetId("default");

    /** Many times what a run takes; one that takes longer has failed without a word. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int ACCEPTED = 202;

    private final ObjectMapper mapper = EventJson.mapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI requests;
    private final Facts facts;

    SlipwayRunner(Addresses addresses) {
        this.requests = URI.create(addresses.planner() + "/api/v1/requests");
        this.facts = new Facts(addresses.kafka());
    }

    /** Returns when the run has reached the scripts' last version. */
    SlipwayRun run(List<ScriptFile> scripts) throws IOException, InterruptedException {
        var request = request(scripts);
        var asked = Instant.now();
        var started = System.nanoTime();
        var run = accepted(http.send(request, HttpResponse.BodyHandlers.ofString()));
        Map<Class<? extends RunFact>, Instant> seen = new HashMap<>();
        var last = facts.follow(
                run, PATIENCE, fact -> seen.putIfAbsent(fact.event().getClass(), fact.at()));
        var took = Duration.ofNanos(last.seenNanos() - started);
        if (!(last.event() instanceof MigrationApplied)) {
            throw new IllegalStateException("The run did not apply its migration, but ended with " + last.event());
        }
        return new SlipwayRun(took, asked, seen);
    }

    private HttpRequest request(List<ScriptFile> scripts) throws IOException {
        var migration = new MigrationRequested(
                TARGET,
                new ScriptSource.Inline(scripts),
                null,
                FlywaySettings.DEFAULTS,
                false,
                false,
                "benchmark",
                "One column more",
                null);
        return HttpRequest.newBuilder(requests)
                .timeout(PATIENCE)
                .header("ce-type", "MigrationRequested")
                .header("ce-specversion", "1.0")
                .header("ce-source", "/benchmark")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(migration)))
                .build();
    }

    private RunId accepted(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != ACCEPTED) {
            throw new IllegalStateException(
                    "The planner did not take the request: %d %s".formatted(answer.statusCode(), answer.body()));
        }
        return RunId.of(mapper.readTree(answer.body()).path("runId").asText());
    }

    @Override
    public void close() {
        facts.close();
        http.close();
    }
}
