package io.slipway.localstack.server;

import io.slipway.localstack.machine.FreePorts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container; its data lives as long as the container. */
final class PostgresInContainer implements PostgresServer {

    private static final Duration START = Duration.ofSeconds(60);

    /** Docker's own 64 MiB are too few for parallel queries. */
    private static final long SHARED_MEMORY_BYTES = 256L * 1024 * 1024;

    private final PostgreSQLContainer container;
    private final int port;

    private PostgresInContainer(PostgreSQLContainer container, int port) {
        this.container = container;
        this.port = port;
    }

    @SuppressWarnings("resource") // stop() closes it
    static PostgresInContainer start(PostgresConfig config) {
        var port = FreePorts.orNext(config.port());
        var command = new ArrayList<>(List.of("postgres", "-c", "max_connections=300", "-c", "fsync=off"));
        config.settings().forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        var container = new PostgreSQLContainer("postgres:" + Servers.postgresMajor())
                .withUsername(USER)
                .withPassword(PASSWORD)
                // As the process has it: the order of names is that of their bytes.
                .withEnv("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C")
                .withSharedMemorySize(SHARED_MEMORY_BYTES)
                .withCommand(command.toArray(String[]::new));
        // A fixed port: one that Docker chooses would change when the container starts again.
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
        container.start();
        return new PostgresInContainer(container, port);
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isAlive() {
        return container.isRunning();
    }

    @Override
    public Optional<ProcessHandle> handle() {
        return Optional.empty();
    }

    @Override
    public List<String> logTail() {
        return container.getLogs().lines().toList();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public void kill() {
        ContainerLife.kill(container);
    }

    @Override
    public void restart() {
        ContainerLife.startAgain(container);
        awaitAnswer();
    }

    private void awaitAnswer() {
        for (var deadline = System.nanoTime() + START.toNanos(); !answers(); ) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL did not answer within " + START.toSeconds()
                        + " s after it was started again:\n" + container.getLogs());
            }
        }
    }

    private boolean answers() {
        try (var connection = dataSource("postgres").getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }
}
