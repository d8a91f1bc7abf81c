package io.slipway.targets.health;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.slipway.localstack.server.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Target {@code default} on a real database, and target {@code dead} where nothing listens. */
public class OneDeadTargetFixture implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "DATABASE_URL", SharedServers.freshDatabase("health").url(),
                "slipway.targets.dead.url", "postgresql://u:hunter2@127.0.0.1:%d/db".formatted(closedPort()),
                "slipway.targets.dead.connect-timeout", "1s");
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The servers stop with the JVM. */
    @Override
    public void stop() {}
}
