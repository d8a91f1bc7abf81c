package io.slipway.cli.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.cli.output.Json;
import io.slipway.contracts.cloudevents.EventTypes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Answers like a planner whose run is over at once, so that training reads what a command reads without a stack. */
final class PreparedServices implements AutoCloseable {
    private static final String RUN = "5f0c1a52-8f0e-4f57-9c55-0d3c3c1f7a11";
    private static final int OK = 200;

    private final HttpServer server;

    private PreparedServices(HttpServer server) {
        this.server = server;
    }

    static PreparedServices start() throws IOException {
        var run = run().toString().getBytes(StandardCharsets.UTF_8);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, run));
        server.start();
        return new PreparedServices(server);
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, byte[] run) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(OK, run.length);
            exchange.getResponseBody().write(run);
        }
    }

    /** A run as the planner shows it, with the end that the contracts' golden sample tells. */
    private static ObjectNode run() throws IOException {
        ObjectNode run = Json.mapper().createObjectNode();
        run.put("runId", RUN).put("requestId", RUN).put("target", "default");
        run.put("state", "APPLIED").put("percent", 100).put("revision", 1).put("dryRun", false);
        try (var sample = EventTypes.class.getResourceAsStream("/samples/v1/MigrationApplied.json")) {
            var event = Json.mapper().readTree(Objects.requireNonNull(sample, "the contracts hold the sample"));
            run.putObject("end").put("type", "MigrationApplied").setAll((ObjectNode) event.get("body"));
        }
        return run;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
