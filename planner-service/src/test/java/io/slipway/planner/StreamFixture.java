package io.slipway.planner;

import io.restassured.RestAssured;
import io.slipway.contracts.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/** A reader of the events of one run; closing it is hanging up. */
final class StreamFixture implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> answer;
    private final Scanner blocks;

    private StreamFixture(RunId run, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(
                URI.create("http://localhost:%d/api/v1/runs/%s/events".formatted(RestAssured.port, run)));
        headers.forEach(request::header);
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        blocks = new Scanner(answer.body(), StandardCharsets.UTF_8).useDelimiter("\n\n");
    }

    static StreamFixture open(RunId run) {
        return new StreamFixture(run, Map.of());
    }

    static StreamFixture openAfter(RunId run, String lastEventId) {
        return new StreamFixture(run, Map.of("Last-Event-ID", lastEventId));
    }

    int status() {
        return answer.statusCode();
    }

    String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** The next event or comment, as it came. */
    String next() {
        return blocks.next();
    }

    /** All events until the planner ends the stream, without comments. */
    List<String> rest() {
        return blocks.tokens().filter(block -> block.contains("data:")).toList();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
