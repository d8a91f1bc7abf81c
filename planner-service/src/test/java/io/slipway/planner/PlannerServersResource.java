package io.slipway.planner;

import io.slipway.eventing.SharedServersResource;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The shared servers with a target for each test that leaves something behind, one that is down, one with a wrong password,
 * and a directory for scripts.
 */
public class PlannerServersResource extends SharedServersResource {
    static final String SCRIPTS = "slipway.planner.script-directories";

    static final int MOST_FOLLOWERS = 8;

    private static final String JDBC = "slipway.test.jdbc.";
    private static final List<String> TARGETS = List.of(
            "shop",
            "kafka",
            "keys",
            "faults",
            "turn",
            "dry",
            "current",
            "back",
            "cancel",
            "occupied",
            "moving",
            "half",
            "folder",
            "repeat",
            "fits",
            "door");

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        for (String target : TARGETS) {
            Database database = SharedServers.freshDatabase(target);
            config.put("slipway.targets.%s.url".formatted(target), database.url());
            config.put(
                    JDBC + target,
                    "%s?user=%s&password=%s".formatted(database.jdbcUrl(), database.user(), database.password()));
        }
        Database any = SharedServers.freshDatabase("any");
        config.put("slipway.targets.down.url", "postgresql://u:hunter2@127.0.0.1:%d/db".formatted(closedPort()));
        config.put(
                "slipway.targets.locked.url",
                "postgresql://%s:hunter2@127.0.0.1:%d/%s".formatted(any.user(), any.port(), any.name()));
        config.put("slipway.planner.target-patience", "1s");
        config.put("slipway.planner.long-poll.keep-alive", "200ms");
        config.put("slipway.planner.long-poll.max-waiting", String.valueOf(MOST_FOLLOWERS));
        config.put(SCRIPTS, scriptDirectory().toString());
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    /** Unpooled connections to a target, for a test that plays the executor. */
    static PGSimpleDataSource database(String target) {
        var source = new PGSimpleDataSource();
        source.setUrl(ConfigProvider.getConfig().getValue(JDBC + target, String.class));
        return source;
    }

    private static Path scriptDirectory() {
        try {
            Path directory = Files.createTempDirectory("planner-scripts");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
