package io.slipway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A service over real HTTP that gives prepared answers; the last one for a path again and again. */
public final class ServiceFixture implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    /** What was asked: header names in lower case. */
    public record Asked(String method, String uri, Map<String, String> headers, String body) {}

    public ServiceFixture() {
        this(0);
    }

    public ServiceFixture(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Adds an answer for a method and a path without query. */
    public ServiceFixture on(String call, int status, String body) {
        synchronized (answers) {
            answers.computeIfAbsent(call, key -> new ArrayDeque<>()).add(new Answer(status, body));
        }
        return this;
    }

    public ServiceFixture on(String call, int status, ObjectNode body) {
        return on(call, status, body.toString());
    }

    public List<Asked> asked() {
        return asked;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String uri = exchange.getRequestURI().toString();
        asked.add(new Asked(exchange.getRequestMethod(), uri, headers, body));
        Answer answer = next(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer next(String call) {
        synchronized (answers) {
            Deque<Answer> prepared = answers.getOrDefault(call, new ArrayDeque<>());
            if (prepared.isEmpty()) {
                return new Answer(404, "{\"title\": \"Not Found\", \"detail\": \"No answer for %s.\"}".formatted(call));
            }
            return prepared.size() == 1 ? prepared.peek() : prepared.remove();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
