package io.slipway.benchmarks.planner;

import io.slipway.contracts.TargetId;
import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import io.slipway.localstack.supervise.ServiceFlags;
import io.slipway.localstack.supervise.StackConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Many targets: a database for each, on one server beside that of the control plane. */
record Fleet(PostgresServer server, List<TargetId> targets) implements AutoCloseable {

    /** A few connections of the five services to each target, which are kept for as long as their pools idle. */
    private static final int CONNECTIONS_PER_TARGET = 6;

    private static final int OTHER_CONNECTIONS = 100;

    static Fleet start(int size) {
        var server = Servers.postgres(PostgresConfig.temporary()
                .with(Map.of("max_connections", Integer.toString(size * CONNECTIONS_PER_TARGET + OTHER_CONNECTIONS))));
        // Like the stack's processes, it is in a session of its own, which Ctrl-C does not reach.
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-fleet"));
        var targets = IntStream.rangeClosed(1, size)
                .mapToObj(number -> new TargetId(String.format(Locale.ROOT, "fleet%03d", number)))
                .toList();
        targets.forEach(target -> server.createDatabase(target.name()));
        return new Fleet(server, targets);
    }

    /**
     * A stack that knows the targets, started as in production, and whose work on a run is the least: it is the planner that is measured, and the
     * others take the processor from it. An idle connection is given back soon, so that the server is not full of them.
     */
    StackConfig register(StackConfig config) {
        var registered = config.withFlags(ServiceFlags.SERVER)
                .withSetting("slipway.backup.mode", "never")
                .withSetting("slipway.validator.rehearsal.environments", "none");
        for (var target : targets) {
            registered = registered
                    .withTarget(target.name(), server.url(target.name()))
                    .withSetting("slipway.targets." + target.name() + ".pool.write.idle-timeout", "10s")
                    .withSetting("slipway.targets." + target.name() + ".pool.read.idle-timeout", "10s");
        }
        return registered;
    }

    @Override
    public void close() {
        server.stop();
    }
}
