package io.slipway.cli.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.output.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One service over HTTP: JSON in, JSON out, and the token where there is one. */
public final class ServiceClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Service service;
    private final URI address;
    private final @Nullable String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    ServiceClient(Service service, URI address, @Nullable String token) {
        this.service = service;
        this.address = address;
        this.token = token;
    }

    public URI address() {
        return address;
    }

    /**
     * Asks for a document.
     *
     * @throws ServiceAway when there is no answer within {@code timeout}, or only one that says "later"
     * @throws ServiceRefused when the answer is a problem
     */
    public JsonNode get(String path, Duration timeout) {
        Answer answer = send(request(path, timeout).GET().build());
        return answer.accepted(200);
    }

    /** Like {@link #get}, whatever the status: a health check says "down" with a 503 and a document. */
    public JsonNode getAnyway(String path, Duration timeout) {
        return send(request(path, timeout).GET().build()).body();
    }

    /** Hands a document in; {@code headers} come on top of the content type. */
    public JsonNode post(String path, Map<String, String> headers, byte[] body, Duration timeout) {
        HttpRequest.Builder request = request(path, timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request.build()).accepted(202);
    }

    /** Asks for something to be given up. */
    public JsonNode delete(String path, Duration timeout) {
        return send(request(path, timeout).DELETE().build()).accepted(202);
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(timeout)
                .header("Accept", "application/json, application/problem+json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.STOPPED_WAITING, "Interrupted", "Interrupted while waiting.", "");
        } catch (IOException e) {
            throw new ServiceAway(service, address, why(e), !(e instanceof ConnectException));
        }
    }

    private static JsonNode json(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // a proxy's error page, say: the status tells enough
        }
    }

    private static String why(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection within %d s".formatted(CONNECT.toSeconds());
        }
        if (e instanceof ConnectException) {
            return "connection refused";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private final class Answer {
        private final int status;
        private final JsonNode body;

        Answer(int status, JsonNode body) {
            this.status = status;
            this.body = body;
        }

        JsonNode body() {
            return body;
        }

        /** The document of a success; a second delivery of a request is answered with 200 instead of 202. */
        JsonNode accepted(int expected) {
            if (status == 502 || status == 503 || status == 504) {
                throw new ServiceAway(
                        service, address, body.path("detail").asText("it answers %d for now".formatted(status)), true);
            }
            if (status != expected && status != 200) {
                throw ServiceRefused.of(service, status, body);
            }
            if (!body.isContainerNode()) {
                throw new CommandFailed(
                        ExitCode.UNEXPECTED,
                        "Not understood",
                        "%s answers %d without a JSON document.".formatted(address, status),
                        "Is this the address of the %s service?".formatted(service.label()));
            }
            return body;
        }
    }
}
