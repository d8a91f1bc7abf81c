package io.slipway.localstack.supervise;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A program with a health endpoint, packaged as each of the five services' jars: these tests are about processes, and
 * must not wait for the modules that are built after this one.
 */
final class StandInService {

    private StandInService() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of("").toAbsolutePath().getFileName().toString();
        if (folder.equals(settings().getProperty("stand-in.fails"))) {
            System.out.println("the stand-in " + folder + " was told to fail");
            System.exit(3);
        }
        var port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        answer(server, "/q/health/ready", "UP");
        answer(server, "/told", System.getenv("KAFKA_BOOTSTRAP_SERVERS") + " " + System.getenv("DATABASE_URL"));
        server.start();
    }

    private static void answer(HttpServer server, String path, String text) {
        server.createContext(path, exchange -> {
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static Properties settings() throws IOException {
        var properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("config", "application.properties"))) {
            properties.load(in);
        }
        return properties;
    }
}
