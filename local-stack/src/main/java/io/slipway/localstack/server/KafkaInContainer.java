package io.slipway.localstack.server;

import io.slipway.localstack.machine.FreePorts;
import java.util.List;
import java.util.Optional;
import org.testcontainers.kafka.KafkaContainer;

/** The broker in a container; its data lives as long as the container. */
final class KafkaInContainer implements KafkaBroker {

    private static final String IMAGE = "apache/kafka:4.1.1";
    private static final int CONTAINER_PORT = 9092;

    private final KafkaContainer container;

    private KafkaInContainer(KafkaContainer container) {
        this.container = container;
    }

    @SuppressWarnings("resource") // stop() closes it
    static KafkaInContainer start(KafkaConfig config) {
        var size = Integer.toString(Topics.MAX_DEAD_LETTER_BYTES);
        var container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", size)
                .withEnv("KAFKA_REPLICA_FETCH_MAX_BYTES", size)
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
        // A fixed port: one that Docker chooses would change when the container starts again.
        container.setPortBindings(List.of("127.0.0.1:" + FreePorts.orNext(config.port()) + ":" + CONTAINER_PORT));
        container.start();
        Topics.ensure(container.getBootstrapServers(), () -> {});
        return new KafkaInContainer(container);
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
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
        Topics.ensure(bootstrapServers(), () -> {});
    }
}
