package io.slipway.localstack.server;

import java.util.List;
import java.util.Optional;

/** A single Kafka node with Slipway's topics, ready for use. Start one with {@link Servers}. */
public sealed interface KafkaBroker extends AutoCloseable permits KafkaProcess, KafkaInContainer {

    String bootstrapServers();

    boolean isAlive();

    /** The server's process on this machine; nothing for a container. */
    Optional<ProcessHandle> handle();

    /** The last lines of the server's log. */
    List<String> logTail();

    /** Shuts down in order and deletes the data of an ephemeral broker. */
    void stop();

    /** SIGKILL; the data stays. */
    void kill();

    /** Starts again after {@link #kill()} with the same port and data, and returns when the broker answers. */
    void restart();

    @Override
    default void close() {
        stop();
    }
}
